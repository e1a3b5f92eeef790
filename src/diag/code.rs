//! The catalogue of problem codes.
//!
//! A code, once given, keeps its meaning for good. The hundreds say what the
//! problem is about: 01 files, 02 fields, 03 references, 04 links and files of
//! the site, 05 configuration and theme, 06 what a record claims, 07 tables that
//! become records.

/// How much a problem matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Stops the build.
    Error,
    /// Stops it only where the site or the command line asks to be strict.
    Warning,
    /// Never stops it: something to look after when there is time.
    Note,
}

impl Severity {
    /// The name in JSON, in SARIF, and of its word in the messages.
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        }
    }
}

macro_rules! codes {
    ($( $(#[doc = $doc:literal])+ $name:ident = $code:literal $severity:ident, )+) => {
        /// What kind of problem it is.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $( $(#[doc = $doc])+ $name, )+ }

        impl Code {
            /// Every code there is, in order.
            pub const ALL: &[Code] = &[ $( Code::$name, )+ ];

            /// The name editors and scripts see: `TW` and four digits.
            pub fn as_str(self) -> &'static str {
                match self { $( Code::$name => $code, )+ }
            }

            /// The code with this name, whatever its capitals.
            pub fn from_name(name: &str) -> Option<Code> {
                Code::ALL.iter().copied().find(|code| code.as_str().eq_ignore_ascii_case(name))
            }

            /// How much it matters.
            pub fn severity(self) -> Severity {
                match self { $( Code::$name => Severity::$severity, )+ }
            }
        }
    };
}

codes! {
    /// The text is not TOML. `detail`: what the parser says.
    Syntax = "TW0101" Error,
    /// The file is not UTF-8.
    Encoding = "TW0102" Error,
    /// A file name that can't be a record's id. `name`.
    FileName = "TW0103" Error,
    /// A front matter that opens with `+++` and never closes.
    FrontMatterOpen = "TW0104" Error,
    /// A Markdown file whose name says no language. `name`.
    BodyLanguage = "TW0105" Error,
    /// One record written in two places. `id`.
    RecordTwice = "TW0106" Error,
    /// A file larger than the program reads. `size`, `limit`.
    FileSize = "TW0107" Error,
    /// A file or folder in `content/` that belongs to nothing. `name`.
    StrayFile = "TW0108" Warning,
    /// A link on disk that leads out of the site. `name`.
    LinkOutside = "TW0109" Error,
    /// Brackets, quotes or lists inside each other beyond what is read. `limit`.
    TooDeep = "TW0110" Error,
    /// More of something than is read. `count`, `limit`.
    TooMany = "TW0111" Error,
    /// A text in a language that the site is not published in. `language`.
    ForeignLanguage = "TW0112" Warning,
    /// A control character, or one that reverses the direction of writing. `character`.
    ControlCharacter = "TW0113" Error,
    /// A character that takes no room and hides in a text. `character`.
    InvisibleCharacter = "TW0114" Warning,
    /// Something of a record's name that is no file: a folder, a pipe. `name`.
    NotAFile = "TW0115" Error,

    /// A field the kind does not have. `field`.
    UnknownField = "TW0201" Error,
    /// A required field that is missing. `field`.
    MissingField = "TW0202" Error,
    /// A value of another type. `expected`, `found`.
    WrongType = "TW0203" Error,
    /// A value that is not on the list. `value`, `known`.
    UnknownValue = "TW0204" Error,
    /// Not a date. `value`.
    Date = "TW0205" Error,
    /// Not a language tag. `value`.
    Language = "TW0206" Error,
    /// Not a country code. `value`.
    Country = "TW0207" Error,
    /// A number outside its range. `value`, `least`, `most`.
    Range = "TW0208" Error,
    /// Two files of a record that contradict each other. `field`.
    Contradiction = "TW0209" Error,
    /// An address of a kind that is not allowed. `value`.
    Url = "TW0210" Error,
    /// A text with nothing in it.
    EmptyText = "TW0211" Error,
    /// Not an id or slug. `value`.
    Id = "TW0212" Error,
    /// Not an e-mail address. `value`.
    Email = "TW0213" Error,
    /// Case forms where a language was expected. `form`.
    FormWithoutLanguage = "TW0214" Error,
    /// A day and a month without their year. `value`.
    DateWithoutYear = "TW0215" Error,
    /// A code that its register can't have given. `value`, `register`, `form`.
    RegisterCode = "TW0216" Error,
    /// A point that lies outside its country. `country`.
    OutsideCountry = "TW0217" Error,
    /// Not the name of a time zone. `value`.
    TimeZone = "TW0218" Error,
    /// Not a version of a source text. `value`.
    SourceVersion = "TW0219" Error,

    /// A reference to nothing. `id`.
    UnresolvedReference = "TW0301" Error,
    /// A reference to a record of another kind. `id`, `kind`, `expected`.
    ReferenceKind = "TW0302" Error,
    /// One id used by two records that can be parties. `id`.
    SharedId = "TW0303" Error,
    /// A place that is part of itself. `id`.
    PartOfCycle = "TW0304" Error,
    /// A partnership of a place with itself. `id`.
    SelfPartnership = "TW0305" Error,
    /// Two partnerships of the same parties and kind. `other`.
    PartnershipTwice = "TW0306" Error,
    /// Something said of a party that the partnership does not have. `id`.
    NotAParty = "TW0307" Error,
    /// A partnership with fewer than two parties.
    TooFewParties = "TW0308" Error,
    /// Two places of one name that nothing tells apart. `name`.
    Homonym = "TW0309" Warning,

    /// Two pages at one address. `url`.
    UrlCollision = "TW0401" Error,
    /// An old address that can't be one of this site. `url`.
    FormerUrl = "TW0402" Error,
    /// A link to a record that does not exist. `target`.
    BrokenLink = "TW0403" Error,
    /// A link to a heading that does not exist. `target`.
    BrokenAnchor = "TW0404" Error,
    /// A file that is not there. `path`.
    MissingFile = "TW0405" Error,
    /// A path that leaves the site. `path`.
    PathOutside = "TW0406" Error,
    /// A picture without a text for those who can't see it.
    ImageWithoutAlt = "TW0407" Error,
    /// HTML in Markdown, which is shown as text.
    RawHtml = "TW0408" Warning,
    /// A type of file that the site does not serve. `path`, `known`.
    FileType = "TW0409" Error,
    /// A file that no record uses. `path`.
    UnusedFile = "TW0410" Warning,
    /// A page elsewhere that is gone. `url`, `reason`.
    DeadLink = "TW0411" Warning,
    /// A page elsewhere that has moved for good. `url`, `target`.
    MovedLink = "TW0412" Warning,
    /// A page elsewhere that gave no clear answer. `url`, `reason`.
    UncertainLink = "TW0413" Note,
    /// A heading two levels below the one before. `level`, `expected`.
    HeadingJump = "TW0414" Warning,
    /// A link whose text says nothing of where it leads. `text`.
    VagueLink = "TW0415" Warning,
    /// A link without a text.
    EmptyLink = "TW0416" Error,
    /// An SVG that holds more than a drawing. `path`, `part`.
    UnsafePicture = "TW0417" Error,
    /// A picture with too many pixels. `path`, `width`, `height`, `limit`, `longest`.
    PictureSize = "TW0418" Error,
    /// A picture that is none, or not all of it. `path`, `detail`.
    DamagedPicture = "TW0419" Error,

    /// A folder without `content/site.toml`.
    NoSite = "TW0501" Error,
    /// A theme that is neither the site's nor built in. `name`.
    UnknownTheme = "TW0502" Error,
    /// A template with a mistake. `detail`.
    Template = "TW0503" Error,
    /// A language without a strings file. `language`.
    NoStrings = "TW0504" Error,
    /// A text of the interface that a language lacks. `key`, `language`.
    MissingString = "TW0505" Warning,
    /// A text of the interface that no page uses. `key`.
    UnknownString = "TW0506" Warning,
    /// A text of the interface that is written wrongly. `key`, `detail`.
    StringForm = "TW0507" Error,
    /// The default language is not among the site's languages. `language`.
    DefaultLanguage = "TW0508" Error,
    /// A text of the interface without a form that the language has. `key`, `language`, `forms`.
    MissingPluralForm = "TW0509" Warning,
    /// A placeholder that nothing fills. `key`, `name`, `known`.
    UnknownPlaceholder = "TW0510" Warning,

    /// Something that ends before it begins.
    EndBeforeStart = "TW0601" Error,
    /// A stage set by hand without a reason.
    StageWithoutReason = "TW0602" Error,
    /// A partnership without a single step.
    NoSteps = "TW0603" Warning,
    /// A step dated before the one it follows from. `step`, `after`.
    StepOrder = "TW0604" Error,
    /// A call for partners whose time has passed. `date`.
    SeekerExpired = "TW0605" Warning,
    /// A partnership that nobody has confirmed lately.
    Unconfirmed = "TW0606" Note,
    /// A text that was to be written later. `text`.
    Placeholder = "TW0607" Warning,
    /// A translation whose source has changed since. `language`, `source`.
    OlderTranslation = "TW0608" Note,
    /// The yearly review of the accessibility statement is due. `date`.
    ReviewDue = "TW0609" Warning,
    /// A publisher without an accessibility statement.
    NoStatement = "TW0610" Note,
    /// An accessibility statement that contradicts itself. `status`.
    StatementStatus = "TW0611" Error,
    /// A part of the accessibility statement that a language lacks. `field`, `language`.
    StatementLanguage = "TW0612" Warning,

    /// A row of a table that does not fit its headings. `count`, `limit`.
    TableRow = "TW0701" Error,
}
