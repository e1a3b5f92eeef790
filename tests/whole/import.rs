//! `twintown import`: the rows of a table become records, and mistakes are told at their cells.

use super::output::{read_folder, status, twintown};
use super::tiny::Tiny;
use std::path::Path;
use std::process::Output;
use tempfile::TempDir;

/// A site in Polish, with two regions of Ukraine.
fn site() -> TempDir {
    let config = "title = \"T\"\nlanguages = [\"pl\", \"uk\", \"en\"]\ndefault_language = \"pl\"\nbase_url = \"https://example.org/\"\n";
    let region = |name: &str| format!("name = \"{name}\"\ncountry = \"UA\"\n");
    Tiny::default()
        .with("content/site.toml", config)
        .with("content/regions/lvivska-oblast.toml", region("Lviv"))
        .with(
            "content/regions/khmelnytska-oblast.toml",
            region("Khmelnytskyi"),
        )
        .in_folder()
}

fn import(root: &Path, table: impl AsRef<[u8]>, args: &[&str]) -> Output {
    let file = root.join("table.csv");
    std::fs::write(&file, table).unwrap();
    let start = [
        "import",
        "--root",
        root.to_str().unwrap(),
        file.to_str().unwrap(),
        "--as",
    ];
    let all: Vec<&str> = start.iter().chain(args).copied().collect();
    twintown(&all, &[])
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn made(output: &Output) -> Vec<String> {
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.lines().map(str::to_owned).collect()
}

fn read(root: &Path, path: &str) -> String {
    std::fs::read_to_string(root.join("content").join(path)).unwrap()
}

const CITIES: &str = "Miasto;Nazwa (uk);Kraj;Województwo;Liczba mieszkańców;lat;lon;Potwierdzono\r\n\
    Gródek;Городок;UA;lvivska-oblast;16 000;49,78;23,64;\r\n\
    Gródek;Городок;Ukraina;khmelnytska-oblast;;;;\r\n\
    Żory;;pl;;;;;\r\n\
    \"Melton; \"\"M\"\"\";;GB;;;;;\r\n";

#[test]
fn rows_become_records() {
    let temp = site();
    let root = temp.path();
    let first = import(root, CITIES, &["city"]);
    assert_eq!(status(&first), 0, "{}", told(&first));
    let expected = ["horodok", "horodok-khmelnytska-oblast", "zory", "melton-m"]
        .map(|id| format!("content/cities/{id}.toml"));
    assert_eq!(made(&first), expected);
    assert!(told(&first).contains("4 records written") && told(&first).contains("Potwierdzono"));
    assert_eq!(
        read(root, "cities/horodok.toml"),
        "name.pl = \"Gródek\"\nname.uk = \"Городок\"\ncountry = \"UA\"\npart_of = \"lvivska-oblast\"\n\
         population.count = 16000\nlocation.lat = 49.78\nlocation.lon = 23.64\n"
    );
    let melton = "name.pl = 'Melton; \"M\"'\ncountry = \"GB\"\n";
    assert_eq!(read(root, "cities/melton-m.toml"), melton);
    let check = twintown(&["check", "--root", root.to_str().unwrap()], &[]);
    assert_eq!(status(&check), 0, "{}", told(&check));

    // Once more: all of them are there, and stay as they are.
    std::fs::write(
        root.join("content/cities/zory.toml"),
        "name = \"Żory\"\ncountry = \"PL\"\n",
    )
    .unwrap();
    let before = read_folder(&root.join("content"));
    let second = import(root, CITIES, &["cities"]);
    assert_eq!((status(&second), made(&second)), (0, Vec::new()));
    assert!(
        told(&second).contains("4 rows are there already"),
        "{}",
        told(&second)
    );
    assert!(before == read_folder(&root.join("content")));
}

#[test]
fn a_table_may_be_saved_in_many_ways() {
    let utf_16 = |text: &str| -> Vec<u8> {
        let text = format!("\u{feff}{text}");
        text.encode_utf16().flat_map(u16::to_le_bytes).collect()
    };
    let tables: [Vec<u8>; 4] = [
        "name,country\nŻory,PL\n".into(),
        "\u{feff}Název;Země\r\nŻory;PL\r\n".into(),
        utf_16("Назва\tКраїна\r\nŻory\tPL\r\n"),
        "sep=|\n\"Town\"|\"Country\"\n\"Żory\"|\"PL\"".into(),
    ];
    for table in tables {
        let temp = site();
        let output = import(temp.path(), &table, &["city"]);
        assert_eq!(status(&output), 0, "{}", told(&output));
        let record = read(temp.path(), "cities/zory.toml");
        assert_eq!(record, "name = \"Żory\"\ncountry = \"PL\"\n");
    }
    let temp = site();
    let output = import(temp.path(), b"name,country\n\xaeory,PL\n", &["city"]);
    assert_eq!(status(&output), 1);
    assert!(told(&output).contains("TW0102"), "{}", told(&output));
}

#[test]
fn mistakes_are_told_at_their_cells() {
    let temp = site();
    let root = temp.path();
    let table = "id,name,country,population.count,also_known_as\n\
        a,A,Nibylandia,many,\n\
        B C,B,PL,,\n\
        d,,PL,,\n\
        e,E,PL,1,x;y,z\n\
        f,F,PL,1,x;y|z\n\
        f,F,PL,,\n\
        lvivska-oblast,L,UA,,\n\
        g,G,PL,\"1,\n";
    let output = import(root, table, &["city", "--format", "json"]);
    assert_eq!(status(&output), 1);
    let lines = made(&output);
    let places: Vec<String> = lines
        .iter()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
        .map(|problem| {
            format!(
                "{} {}:{}",
                problem["code"], problem["line"], problem["column"]
            )
        })
        .collect();
    let expected = [
        "\"TW0207\" 2:5",
        "\"TW0203\" 2:16",
        "\"TW0212\" 3:1",
        "\"TW0202\" 4:1",
        "\"TW0701\" 5:14",
        "\"TW0106\" 7:1",
        "\"TW0303\" 8:1",
        "\"TW0701\" 9:8",
    ];
    assert_eq!(places, expected);
    // One bad row never hides the next.
    let record = "name = \"F\"\ncountry = \"PL\"\npopulation.count = 1\nalso_known_as = [\"x\", \"y\", \"z\"]\n";
    assert_eq!(read(root, "cities/f.toml"), record);
    assert!(!root.join("content/cities/a.toml").exists());
}

#[test]
fn columns_are_named_by_the_command_line() {
    let temp = site();
    let root = temp.path();
    let table = "X=1,Kto,Nazwa\nPL,Żory,Miasto Żory\n";
    let map = [
        "--map",
        "X=1=country",
        "--map",
        "kto=name.pl",
        "--map",
        "Nazwa=official_name",
    ];
    let output = import(root, table, &[&["city"][..], &map].concat());
    assert_eq!(status(&output), 0, "{}", told(&output));
    let record = "country = \"PL\"\nname.pl = \"Żory\"\nofficial_name = \"Miasto Żory\"\n";
    assert_eq!(read(root, "cities/zory.toml"), record);
    let partnerships = "parties,areas\nzory|lvivska-oblast,culture;sport\n";
    let output = import(root, partnerships, &["partnership"]);
    assert_eq!(
        made(&output),
        ["content/partnerships/zory-lvivska-oblast.toml"]
    );

    let cases: &[(&[&str], &str)] = &[
        (&["town"], "there is no kind"),
        (&["city", "--map", "Kto"], "--map Kto"),
        (&["city", "--map", "Who=name"], "no column “Who”"),
        (&["city", "--map", "Kto=nmae"], "did you mean name?"),
        (
            &["city", "--map", "Kto=name.nom.pl"],
            "no field name.nom.pl",
        ),
        (&["city", "--map", "Kto=name"], "for the same field"),
        (&["seeker", "--map", "Nazwa="], "no column is known"),
    ];
    for (args, expected) in cases {
        let refused = import(root, table, args);
        assert_eq!(status(&refused), 2, "{args:?}: {}", told(&refused));
        assert!(told(&refused).contains(expected), "{}", told(&refused));
    }
}

#[test]
fn a_dry_run_writes_nothing() {
    let temp = site();
    let root = temp.path();
    import(root, "name,country\nŻory,PL\n", &["city"]);
    let before = read_folder(&root.join("content"));
    let table = "name,country\nŻory,PL\nLublin,PL\nX,Y\n";
    let output = import(root, table, &["city", "--dry-run"]);
    assert_eq!(status(&output), 1);
    let expected = [
        "line  id      file",
        "   2  zory    there already: content/cities/zory.toml",
        "   3  lublin  content/cities/lublin.toml",
        "   4          has mistakes",
    ];
    assert_eq!(made(&output), expected);
    assert!(before == read_folder(&root.join("content")));
}

#[test]
fn other_files_than_csv_are_refused() {
    let temp = site();
    let root = temp.path();
    let refused = import(root, b"PK\x03\x04...", &["city"]);
    assert_eq!(status(&refused), 2);
    assert!(told(&refused).contains("CSV UTF-8"), "{}", told(&refused));
    let run = |file: &str| {
        let args = [
            "import",
            "--root",
            root.to_str().unwrap(),
            file,
            "--as",
            "city",
        ];
        twintown(&args, &[])
    };
    assert_eq!(status(&run("cities.xlsx")), 2);
    assert_eq!(status(&run("Q270.json")), 2);
    assert_eq!(status(&run("nothing.csv")), 3);
    assert_eq!(status(&import(root, "", &["city"])), 2);
}
