export default function (config) {
  config.setUseGitIgnore(false);
  return { dir: { input: "content", output: "public" } };
}
