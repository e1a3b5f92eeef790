//! Tests of the whole program: what it reads, writes and says, seen from outside.

mod whole {
    mod catalogue;
    mod edits;
    mod external;
    mod faults;
    mod finding;
    mod fix;
    mod import;
    mod languages;
    mod layers;
    mod links;
    mod maps;
    mod new;
    mod output;
    mod overrides;
    mod partnerships;
    mod pictures;
    mod problems;
    mod properties;
    mod real;
    mod related;
    mod reload;
    mod reproducible;
    mod romanisation;
    mod stages;
    mod statement;
    mod status;
    mod times;
    mod tiny;
    mod truth;
    mod warm;
}
