//! The word classes and the lists of `assets/lists` that fill them.
//!
//! Shared with the build script, which packs the lists into one table; so it stands on the standard library alone.

/// A set of word classes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Classes(pub u32);

impl Classes {
    /// Given names of women.
    pub const GIVEN_FEMALE: Self = Self(1);
    /// Given names of men.
    pub const GIVEN_MALE: Self = Self(1 << 1);
    /// Family names.
    pub const SURNAME: Self = Self(1 << 2);
    /// Countries, under all their names.
    pub const COUNTRY: Self = Self(1 << 3);
    /// Continents, regions, states, provinces, planets.
    pub const REGION: Self = Self(1 << 4);
    /// Cities and towns.
    pub const CITY: Self = Self(1 << 5);
    /// Rivers, seas, oceans.
    pub const WATER: Self = Self(1 << 6);
    /// Nationalities, religions, affiliations, languages, as adjective or noun, singular or plural.
    pub const NATIONALITY: Self = Self(1 << 7);
    /// Companies.
    pub const COMPANY: Self = Self(1 << 8);
    /// Newspapers and the like.
    pub const MEDIA: Self = Self(1 << 9);
    /// Agencies, charities and other organizations that are no companies.
    pub const AGENCY: Self = Self(1 << 10);
    /// Words that show an organization's name (`Party`, `Ministry`).
    pub const ORGANIZATION_HEAD: Self = Self(1 << 11);
    /// Words that show a place's name (`River`, `Airport`).
    pub const PLACE_HEAD: Self = Self(1 << 12);
    /// Words that show the name of an event, work, law or award (`Act`, `Cup`).
    pub const WORK_HEAD: Self = Self(1 << 13);
    /// Titles that stand before a person's name (`Mr`, `Senator`).
    pub const HONORIFIC: Self = Self(1 << 14);
    /// What people do or are (`secretary`, `police chief`).
    pub const ROLE: Self = Self(1 << 15);
    /// Small words inside names (`van`, `bin`).
    pub const PARTICLE: Self = Self(1 << 16);
    /// Words of grammar and the most common adverbs.
    pub const FUNCTION: Self = Self(1 << 17);
    /// Words that are usually written in lower case.
    pub const COMMON: Self = Self(1 << 18);
    /// Months, days, hours.
    pub const CALENDAR: Self = Self(1 << 19);
    /// What follows a person's name (`Jr.`).
    pub const SUFFIX: Self = Self(1 << 20);
    /// Verbs that report.
    pub const SAYING: Self = Self(1 << 21);
    /// Two given names of which the first is short for the second.
    pub const NICKNAME: Self = Self(1 << 22);
    /// The start of a longer entry.
    pub const PREFIX: Self = Self(1 << 31);

    /// Whether any of `classes` is in the set.
    pub const fn any(self, classes: Self) -> bool {
        self.0 & classes.0 != 0
    }

    /// Both sets together.
    pub const fn with(self, classes: Self) -> Self {
        Self(self.0 | classes.0)
    }

    /// The set without `classes`.
    pub const fn without(self, classes: Self) -> Self {
        Self(self.0 & !classes.0)
    }

    /// Given names of anybody.
    pub const GIVEN: Self = Self::GIVEN_FEMALE.with(Self::GIVEN_MALE);
    /// Everything that is a place.
    pub const PLACE: Self = Self::COUNTRY.with(Self::REGION).with(Self::CITY).with(Self::WATER);
    /// Everything that is an organization.
    pub const ORGANIZATION: Self = Self::COMPANY.with(Self::MEDIA).with(Self::AGENCY);
}

/// The lists, each with the class of its entries.
pub const LISTS: &[(&str, Classes)] = &[
    ("given-female", Classes::GIVEN_FEMALE),
    ("given-male", Classes::GIVEN_MALE),
    ("surnames", Classes::SURNAME),
    ("countries", Classes::COUNTRY),
    ("regions", Classes::REGION),
    ("subdivisions", Classes::REGION),
    ("cities", Classes::CITY),
    ("waters", Classes::WATER),
    ("nationalities", Classes::NATIONALITY),
    ("companies", Classes::COMPANY),
    ("firms", Classes::COMPANY),
    ("media", Classes::MEDIA),
    ("outlets", Classes::MEDIA),
    ("agencies", Classes::AGENCY),
    ("organizations", Classes::AGENCY),
    ("org-heads", Classes::ORGANIZATION_HEAD),
    ("place-heads", Classes::PLACE_HEAD),
    ("work-heads", Classes::WORK_HEAD),
    ("honorifics", Classes::HONORIFIC),
    ("roles", Classes::ROLE),
    ("occupations", Classes::ROLE),
    ("particles", Classes::PARTICLE),
    ("function", Classes::FUNCTION),
    ("common", Classes::COMMON),
    ("calendar", Classes::CALENDAR),
    ("suffixes", Classes::SUFFIX),
    ("saying", Classes::SAYING),
    ("nicknames", Classes::NICKNAME),
];
