// The search index of one language, and what a query finds in it. The file is written by
// src/pages/search_index.rs, which describes its lines; the table that folds spellings is
// part of it. Nothing here knows of pages: search.js shows what is found.

/** The columns that hold numbers. */
const KIND = 4, ABOVE = 5, COUNTRY = 6, PARTY_TO = 7;

// Spellings stand between commas, their words between spaces, names between tabs, entries on lines.
const TAB = 9, SPACE = 32, COMMA = 44;
const isEnd = (code) => code <= COMMA;

/** How well an entry was found, the best first. */
const WHOLE = 0, BEGINNING = 1, WORDS = 2, NEARLY = 3;

/** Where so few are found, mistakes are looked for as well. */
const FEW = 12;

/** At most so many words of a query count: one bit of a byte each. */
const MOST_WORDS = 8;

/** Makes of a text what the index has of it: see src/lang/fold.rs. */
export function folder(table) {
  const folds = new Map(table.flatMap(([letters, to]) => [...letters].map((letter) => [letter, to])));
  // Most letters are plain ones: the pattern takes a while to be ready.
  const counts = (letter) => (letter >= "a" && letter <= "z") || (letter >= "0" && letter <= "9") || (letter > "\x7f" && /[\p{Alphabetic}\p{N}]/u.test(letter));
  return (text) => {
    let out = "";
    let previous = " ";
    for (const character of text.normalize("NFD")) {
      for (const letter of character.toLowerCase()) {
        for (const folded of folds.get(letter) ?? (counts(letter) ? letter : " ")) {
          if (folded !== previous || (folded >= "0" && folded <= "9")) out += previous = folded;
        }
      }
    }
    return out.trimEnd();
  };
}

/**
 * Reads an index, given as bytes. Nothing is taken apart before it is needed: a query looks through
 * the spellings as one text, and what is shown of an entry is decoded when it is shown.
 */
export function read(bytes) {
  const decoder = new TextDecoder();
  const lineEnd = 10;
  const head = bytes.indexOf(lineEnd) + 1;
  const { fold: table, groups, kinds, shown } = JSON.parse(decoder.decode(bytes.subarray(0, head)));
  const fold = folder(table);
  const count = groups.reduce((all, group) => all + group.count, 0);
  // The text begins with the end of the line before.
  const text = decoder.decode(bytes.subarray(head + shown - 1));
  // Where each line begins: of what is shown, among the bytes; of the spellings, in the text.
  const lines = new Uint32Array(count + 1);
  const starts = new Uint32Array(count + 1);
  for (let line = 0, inBytes = head, inText = 1; line <= count; line++) {
    lines[line] = inBytes;
    starts[line] = inText;
    inBytes = bytes.indexOf(lineEnd, inBytes) + 1;
    inText = text.indexOf("\n", inText) + 1;
  }

  /** The line that a place in the spellings is on. */
  function lineAt(at) {
    let low = 0;
    let high = count;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (starts[middle] <= at) low = middle;
      else high = middle;
    }
    return low;
  }

  const columns = (line) => decoder.decode(bytes.subarray(lines[line], lines[line + 1] - 1)).split("\t");
  const isListed = (line) => lines[line + 1] - lines[line] > 1;

  /** Calls `take` with the number of each column that holds numbers, from the fifth on, and with each number. */
  function eachNumber(line, take) {
    if (!isListed(line)) return;
    let at = lines[line];
    for (let column = 0; column < KIND; column++) at = bytes.indexOf(TAB, at) + 1;
    let number = -1;
    for (let column = KIND; column <= PARTY_TO; at++) {
      const digit = bytes[at] - 48;
      if (digit >= 0 && digit <= 9) {
        number = Math.max(number, 0) * 10 + digit;
        continue;
      }
      if (number >= 0) take(column, number);
      number = -1;
      if (digit + 48 !== COMMA) column++;
    }
  }

  /**
   * Calls `take` with lines and places where a spelling, or a word in it, begins with `start`: for each line the first
   * one, and better ones. The browser itself looks through the text, line numbers are asked for once a
   * line: the first query runs before scripts are compiled.
   */
  function eachBeginning(start, take) {
    let line, best;
    let next = 0;
    for (let at = text.indexOf(start); at >= 0; at = text.indexOf(start, at + 1)) {
      const before = text.charCodeAt(at - 1);
      if (before !== COMMA && before !== SPACE) continue;
      const how = before === SPACE ? WORDS : text.charCodeAt(at + start.length) === COMMA ? WHOLE : BEGINNING;
      if (at >= next) next = starts[(line = lineAt(at)) + 1];
      else if (how >= best) continue;
      take(line, at, (best = how));
      if (how === WHOLE) at = next - 1;
    }
  }

  /** Whether the letters of `word` from one on stand at a place of `source`, at the end of a word there if `whole`. */
  function goesOn(source, at, word, letter, whole) {
    while (letter < word.length && source.charCodeAt(at) === word.charCodeAt(letter)) at++, letter++;
    return letter === word.length && (!whole || at === source.length || isEnd(source.charCodeAt(at)));
  }

  /** Whether what stands at `at` becomes `word` by one mistake: a letter wrong, missing, too many, or two swapped. */
  function isNear(source, at, word, whole) {
    let same = 0;
    while (same < word.length && source.charCodeAt(at) === word.charCodeAt(same)) same++, at++;
    // The mistake is here: one letter too many was typed …
    if (goesOn(source, at, word, same + 1, whole)) return true;
    const code = source.charCodeAt(at);
    if (at === source.length || (isEnd(code) && code !== SPACE)) return false;
    // … a wrong one, one too few, or two the wrong way round.
    if (goesOn(source, at + 1, word, same + 1, whole) || goesOn(source, at + 1, word, same, whole)) return true;
    return code === word.charCodeAt(same + 1) && source.charCodeAt(at + 1) === word.charCodeAt(same) && goesOn(source, at + 2, word, same + 2, whole);
  }

  /** Calls `take` with lines and places where a word begins with `word` but for one mistake; if `whole`, it may not go on. */
  function eachNear(word, whole, take) {
    const { length } = word;
    // Most words that begin alike are too long, and told apart by that alone.
    const fits = (at) => !whole || isEnd(text.charCodeAt(at + length)) || isEnd(text.charCodeAt(at + length - 1)) || isEnd(text.charCodeAt(at + length + 1));
    const tryAt = (at) => {
      if (!isEnd(text.charCodeAt(at - 1)) || !fits(at) || !isNear(text, at, word, whole)) return at;
      const line = lineAt(at);
      take(line, at);
      // The rest of the line has nothing better.
      return starts[line + 1] - 1;
    };
    // One mistake leaves one half of a word as it is, unless it swaps the letters on either side of the middle.
    const middle = length >> 1;
    const [first, second] = [word.slice(0, middle), word.slice(middle)];
    for (const start of [first, first.slice(0, -1) + second[0] + first.at(-1)]) {
      for (let at = text.indexOf(start); at >= 0; at = text.indexOf(start, at + 1)) at = tryAt(at);
    }
    for (let at = text.indexOf(second); at >= 0; at = text.indexOf(second, at + 1)) {
      const from = at - middle;
      at = Math.max(at, tryAt(from), tryAt(from - 1), tryAt(from + 1));
    }
  }

  /** The entries that have all words of a query, and how well; if those are few, also those with a word mistyped. */
  function look(words) {
    const all = (1 << words.length) - 1;
    const phrase = words.join(" ");
    // By entry: which words it has, which of them only mistyped, how well, where; and which its parties have.
    const has = new Uint8Array(count);
    const near = new Uint8Array(count);
    const rank = new Uint8Array(count).fill(NEARLY);
    const place = new Uint32Array(count);
    const through = new Uint8Array(count);
    const nearThrough = new Uint8Array(count);
    const rankThrough = new Uint8Array(count).fill(WORDS);
    const touched = [];
    const isTouched = new Uint8Array(count);
    const touch = (line) => {
      if (isTouched[line] === 0) touched.push(line);
      isTouched[line] = 1;
    };
    const note = (line, at, bits, how) => {
      touch(line);
      if (place[line] === 0 || how < rank[line]) place[line] = at;
      has[line] |= bits;
      if (how < rank[line]) rank[line] = how;
    };
    eachBeginning(phrase, (line, at, how) => note(line, at, all, how));
    if (words.length > 1) {
      words.forEach((word, index) => eachBeginning(word, (line, at) => note(line, at, 1 << index, WORDS)));
    }
    const noteNear = (whole) => words.forEach((word, index) => {
      if (word.length < 4 || /\d/.test(word)) return;
      const bit = 1 << index;
      eachNear(word, whole, (line, at) => {
        if (has[line] & bit) return;
        near[line] |= bit;
        note(line, at, bit, NEARLY);
      });
    });
    const found = choose();
    if (found.length >= FEW) return found;
    noteNear(true);
    const more = choose();
    if (more.length > 0) return more;
    // Perhaps the mistyped word is not at its end yet.
    noteNear(false);
    return choose();

    function choose() {
      // A partnership or a call has the names of its parties.
      for (const line of touched.slice()) {
        eachNumber(line, (column, linked) => {
          if (column !== PARTY_TO) return;
          touch(linked);
          // Of two parties, or of one that is called just so.
          const both = (through[linked] | has[line]) === all && through[linked] !== all && has[line] !== all;
          if (both || rank[line] < WORDS) rankThrough[linked] = BEGINNING;
          through[linked] |= has[line];
          nearThrough[linked] |= near[line];
        });
      }

      const ofKind = kinds.map((kind) => words.reduce((bits, word, index) => bits | (kind.words.includes(" " + word) ? 1 << index : 0), 0));
      const found = [];
      for (const line of touched) {
        if (!isListed(line)) continue;
        const missing = all & ~(has[line] | through[line]);
        if (missing !== 0 && (missing & ~around(line, has, ofKind)) !== 0) continue;
        let how = rank[line];
        if (near[line] !== 0 || (nearThrough[line] & ~has[line]) !== 0) how = NEARLY;
        else if (has[line] !== all) how = through[line] === all ? rankThrough[line] : WORDS;
        found.push({ line, how, place: place[line], words: has[line] });
      }
      return found;
    }
  }

  /** The words that name what an entry is in, its country, its kind. */
  function around(line, has, ofKind) {
    let there = 0;
    for (let steps = 0; line >= 0 && steps < 16; steps++) {
      let above = -1;
      eachNumber(line, (column, number) => {
        if (column === KIND && steps === 0) there |= ofKind[number];
        if (column === ABOVE) there |= has[(above = number)];
        if (column === COUNTRY) there |= has[number];
      });
      line = above;
    }
    return there;
  }

  /** The name that was found, where the label does not show why: a former name, a name in another language. */
  function otherName({ line, how, place, words: bits }, label, names, words, typed) {
    if (place === 0) return null;
    const own = fold(label).split(" ");
    const shows = (word) => own.some((ours) => ours.startsWith(word) || (how === NEARLY && isNear(ours, 0, word, false)));
    if (words.every((word, index) => (bits & (1 << index)) === 0 || shows(word))) return null;
    const before = text.slice(starts[line], place).split("\t").length - 1;
    // Of names that are spelled alike, the one in the letters that were typed.
    const name = names.find((name) => name.toLowerCase().includes(typed)) ?? names[before];
    const colon = name?.indexOf(":") ?? -1;
    const other = { lang: name?.slice(0, colon), text: name?.slice(colon + 1) };
    return other.text && other.text !== label ? other : null;
  }

  const groupOf = (line) => {
    let first = 0;
    return groups.findIndex((group) => line < (first += group.count));
  };

  /** A name as it is shown: its text and, where that is not the reader's, its language. */
  const name = (line) => {
    const [text, lang] = columns(line);
    return { text, lang };
  };

  /** What is shown of something found. */
  function show(hit, words, typed) {
    const [label, lang, rest, detail, kind, above, country, , ...names] = columns(hit.line);
    const plain = (text) => ({ text, lang: "" });
    const about = [];
    if (kind !== "") about.push(plain(kinds[kind].name));
    if (above !== "" && isListed(+above)) about.push(name(+above));
    if (country !== "" && country !== above) about.push(name(+country));
    if (detail !== "") about.push(plain(detail));
    const { base, titled } = groups[groupOf(hit.line)];
    return { label, lang, titled, url: base + rest, about, other: otherName(hit, label, names, words, typed) };
  }

  /** What a query finds, by group, the best first; null when it is too short to look for. */
  function search(query) {
    const words = fold(query).split(" ").filter(Boolean).slice(0, MOST_WORDS);
    const letters = words.join("");
    if (letters.length < 2 && !/[^\x00-\x7f]/.test(letters)) return null;
    const hits = look(words);
    const found = new Map();
    for (const hit of hits) {
      const group = groupOf(hit.line);
      if (!found.has(group)) found.set(group, []);
      found.get(group).push(hit);
    }
    const sorted = [...found].map(([group, hits]) => {
      hits.sort((a, b) => a.how - b.how || a.line - b.line);
      return { group, name: groups[group].name, how: hits[0].how, count: hits.length, show: (from, to) => hits.slice(from, to).map((hit) => show(hit, words, query.trim().toLowerCase())) };
    });
    sorted.sort((a, b) => a.how - b.how || a.group - b.group);
    return { count: hits.length, groups: sorted };
  }

  return { fold, search };
}
