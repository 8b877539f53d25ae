//! The flags of nations, as small pictures: Twemoji's, by the IOC's codes.
//!
//! The pictures are Copyright 2020 Twitter, Inc and other contributors, and licensed under CC BY 4.0. They come
//! with the crate `twemoji-assets`; only those named here are part of the program, 540 bytes each in the middle.

use twemoji_assets::png::codes::*;

/// The flag of a committee's country as a PNG of 72 by 72 pixels, clear above and below. Nothing for teams that
/// march under no flag of a country (AIN, EOR, historic ones), for TPE, whose flag at the Games has the rings,
/// which are a trademark, and for codes that nobody knows.
pub fn png(code: &str) -> Option<&'static [u8]> {
    let at = FLAGS.binary_search_by_key(&code, |(code, _)| code).ok()?;
    Some(FLAGS[at].1)
}

/// In the order of the codes.
static FLAGS: &[(&str, &[u8])] = &[
    ("AFG", U_1F1E6_1F1EB.data.0), // Afghanistan
    ("ALB", U_1F1E6_1F1F1.data.0), // Albania
    ("ALG", U_1F1E9_1F1FF.data.0), // Algeria
    ("AND", U_1F1E6_1F1E9.data.0), // Andorra
    ("ANG", U_1F1E6_1F1F4.data.0), // Angola
    ("ANT", U_1F1E6_1F1EC.data.0), // Antigua & Barbuda
    ("ARG", U_1F1E6_1F1F7.data.0), // Argentina
    ("ARM", U_1F1E6_1F1F2.data.0), // Armenia
    ("ARU", U_1F1E6_1F1FC.data.0), // Aruba
    ("ASA", U_1F1E6_1F1F8.data.0), // American Samoa
    ("AUS", U_1F1E6_1F1FA.data.0), // Australia
    ("AUT", U_1F1E6_1F1F9.data.0), // Austria
    ("AZE", U_1F1E6_1F1FF.data.0), // Azerbaijan
    ("BAH", U_1F1E7_1F1F8.data.0), // Bahamas
    ("BAN", U_1F1E7_1F1E9.data.0), // Bangladesh
    ("BAR", U_1F1E7_1F1E7.data.0), // Barbados
    ("BDI", U_1F1E7_1F1EE.data.0), // Burundi
    ("BEL", U_1F1E7_1F1EA.data.0), // Belgium
    ("BEN", U_1F1E7_1F1EF.data.0), // Benin
    ("BER", U_1F1E7_1F1F2.data.0), // Bermuda
    ("BHU", U_1F1E7_1F1F9.data.0), // Bhutan
    ("BIH", U_1F1E7_1F1E6.data.0), // Bosnia & Herzegovina
    ("BIZ", U_1F1E7_1F1FF.data.0), // Belize
    ("BLR", U_1F1E7_1F1FE.data.0), // Belarus
    ("BOL", U_1F1E7_1F1F4.data.0), // Bolivia
    ("BOT", U_1F1E7_1F1FC.data.0), // Botswana
    ("BRA", U_1F1E7_1F1F7.data.0), // Brazil
    ("BRN", U_1F1E7_1F1ED.data.0), // Bahrain
    ("BRU", U_1F1E7_1F1F3.data.0), // Brunei
    ("BUL", U_1F1E7_1F1EC.data.0), // Bulgaria
    ("BUR", U_1F1E7_1F1EB.data.0), // Burkina Faso
    ("CAF", U_1F1E8_1F1EB.data.0), // Central African Republic
    ("CAM", U_1F1F0_1F1ED.data.0), // Cambodia
    ("CAN", U_1F1E8_1F1E6.data.0), // Canada
    ("CAY", U_1F1F0_1F1FE.data.0), // Cayman Islands
    ("CGO", U_1F1E8_1F1EC.data.0), // Congo - Brazzaville
    ("CHA", U_1F1F9_1F1E9.data.0), // Chad
    ("CHI", U_1F1E8_1F1F1.data.0), // Chile
    ("CHN", U_1F1E8_1F1F3.data.0), // China
    ("CIV", U_1F1E8_1F1EE.data.0), // Côte d’Ivoire
    ("CMR", U_1F1E8_1F1F2.data.0), // Cameroon
    ("COD", U_1F1E8_1F1E9.data.0), // Congo - Kinshasa
    ("COK", U_1F1E8_1F1F0.data.0), // Cook Islands
    ("COL", U_1F1E8_1F1F4.data.0), // Colombia
    ("COM", U_1F1F0_1F1F2.data.0), // Comoros
    ("CPV", U_1F1E8_1F1FB.data.0), // Cape Verde
    ("CRC", U_1F1E8_1F1F7.data.0), // Costa Rica
    ("CRO", U_1F1ED_1F1F7.data.0), // Croatia
    ("CUB", U_1F1E8_1F1FA.data.0), // Cuba
    ("CYP", U_1F1E8_1F1FE.data.0), // Cyprus
    ("CZE", U_1F1E8_1F1FF.data.0), // Czechia
    ("DEN", U_1F1E9_1F1F0.data.0), // Denmark
    ("DJI", U_1F1E9_1F1EF.data.0), // Djibouti
    ("DMA", U_1F1E9_1F1F2.data.0), // Dominica
    ("DOM", U_1F1E9_1F1F4.data.0), // Dominican Republic
    ("ECU", U_1F1EA_1F1E8.data.0), // Ecuador
    ("EGY", U_1F1EA_1F1EC.data.0), // Egypt
    ("ERI", U_1F1EA_1F1F7.data.0), // Eritrea
    ("ESA", U_1F1F8_1F1FB.data.0), // El Salvador
    ("ESP", U_1F1EA_1F1F8.data.0), // Spain
    ("EST", U_1F1EA_1F1EA.data.0), // Estonia
    ("ETH", U_1F1EA_1F1F9.data.0), // Ethiopia
    ("FIJ", U_1F1EB_1F1EF.data.0), // Fiji
    ("FIN", U_1F1EB_1F1EE.data.0), // Finland
    ("FRA", U_1F1EB_1F1F7.data.0), // France
    ("FSM", U_1F1EB_1F1F2.data.0), // Micronesia
    ("GAB", U_1F1EC_1F1E6.data.0), // Gabon
    ("GAM", U_1F1EC_1F1F2.data.0), // Gambia
    ("GBR", U_1F1EC_1F1E7.data.0), // United Kingdom
    ("GBS", U_1F1EC_1F1FC.data.0), // Guinea-Bissau
    ("GEO", U_1F1EC_1F1EA.data.0), // Georgia
    ("GEQ", U_1F1EC_1F1F6.data.0), // Equatorial Guinea
    ("GER", U_1F1E9_1F1EA.data.0), // Germany
    ("GHA", U_1F1EC_1F1ED.data.0), // Ghana
    ("GRE", U_1F1EC_1F1F7.data.0), // Greece
    ("GRN", U_1F1EC_1F1E9.data.0), // Grenada
    ("GUA", U_1F1EC_1F1F9.data.0), // Guatemala
    ("GUI", U_1F1EC_1F1F3.data.0), // Guinea
    ("GUM", U_1F1EC_1F1FA.data.0), // Guam
    ("GUY", U_1F1EC_1F1FE.data.0), // Guyana
    ("HAI", U_1F1ED_1F1F9.data.0), // Haiti
    ("HKG", U_1F1ED_1F1F0.data.0), // Hong Kong SAR China
    ("HON", U_1F1ED_1F1F3.data.0), // Honduras
    ("HUN", U_1F1ED_1F1FA.data.0), // Hungary
    ("INA", U_1F1EE_1F1E9.data.0), // Indonesia
    ("IND", U_1F1EE_1F1F3.data.0), // India
    ("IRI", U_1F1EE_1F1F7.data.0), // Iran
    ("IRL", U_1F1EE_1F1EA.data.0), // Ireland
    ("IRQ", U_1F1EE_1F1F6.data.0), // Iraq
    ("ISL", U_1F1EE_1F1F8.data.0), // Iceland
    ("ISR", U_1F1EE_1F1F1.data.0), // Israel
    ("ISV", U_1F1FB_1F1EE.data.0), // U.S. Virgin Islands
    ("ITA", U_1F1EE_1F1F9.data.0), // Italy
    ("IVB", U_1F1FB_1F1EC.data.0), // British Virgin Islands
    ("JAM", U_1F1EF_1F1F2.data.0), // Jamaica
    ("JOR", U_1F1EF_1F1F4.data.0), // Jordan
    ("JPN", U_1F1EF_1F1F5.data.0), // Japan
    ("KAZ", U_1F1F0_1F1FF.data.0), // Kazakhstan
    ("KEN", U_1F1F0_1F1EA.data.0), // Kenya
    ("KGZ", U_1F1F0_1F1EC.data.0), // Kyrgyzstan
    ("KIR", U_1F1F0_1F1EE.data.0), // Kiribati
    ("KOR", U_1F1F0_1F1F7.data.0), // South Korea
    ("KOS", U_1F1FD_1F1F0.data.0), // Kosovo
    ("KSA", U_1F1F8_1F1E6.data.0), // Saudi Arabia
    ("KUW", U_1F1F0_1F1FC.data.0), // Kuwait
    ("LAO", U_1F1F1_1F1E6.data.0), // Laos
    ("LAT", U_1F1F1_1F1FB.data.0), // Latvia
    ("LBA", U_1F1F1_1F1FE.data.0), // Libya
    ("LBN", U_1F1F1_1F1E7.data.0), // Lebanon
    ("LBR", U_1F1F1_1F1F7.data.0), // Liberia
    ("LCA", U_1F1F1_1F1E8.data.0), // St. Lucia
    ("LES", U_1F1F1_1F1F8.data.0), // Lesotho
    ("LIE", U_1F1F1_1F1EE.data.0), // Liechtenstein
    ("LTU", U_1F1F1_1F1F9.data.0), // Lithuania
    ("LUX", U_1F1F1_1F1FA.data.0), // Luxembourg
    ("MAD", U_1F1F2_1F1EC.data.0), // Madagascar
    ("MAR", U_1F1F2_1F1E6.data.0), // Morocco
    ("MAS", U_1F1F2_1F1FE.data.0), // Malaysia
    ("MAW", U_1F1F2_1F1FC.data.0), // Malawi
    ("MDA", U_1F1F2_1F1E9.data.0), // Moldova
    ("MDV", U_1F1F2_1F1FB.data.0), // Maldives
    ("MEX", U_1F1F2_1F1FD.data.0), // Mexico
    ("MGL", U_1F1F2_1F1F3.data.0), // Mongolia
    ("MHL", U_1F1F2_1F1ED.data.0), // Marshall Islands
    ("MKD", U_1F1F2_1F1F0.data.0), // North Macedonia
    ("MLI", U_1F1F2_1F1F1.data.0), // Mali
    ("MLT", U_1F1F2_1F1F9.data.0), // Malta
    ("MNE", U_1F1F2_1F1EA.data.0), // Montenegro
    ("MON", U_1F1F2_1F1E8.data.0), // Monaco
    ("MOZ", U_1F1F2_1F1FF.data.0), // Mozambique
    ("MRI", U_1F1F2_1F1FA.data.0), // Mauritius
    ("MTN", U_1F1F2_1F1F7.data.0), // Mauritania
    ("MYA", U_1F1F2_1F1F2.data.0), // Myanmar (Burma)
    ("NAM", U_1F1F3_1F1E6.data.0), // Namibia
    ("NCA", U_1F1F3_1F1EE.data.0), // Nicaragua
    ("NED", U_1F1F3_1F1F1.data.0), // Netherlands
    ("NEP", U_1F1F3_1F1F5.data.0), // Nepal
    ("NGR", U_1F1F3_1F1EC.data.0), // Nigeria
    ("NIG", U_1F1F3_1F1EA.data.0), // Niger
    ("NOR", U_1F1F3_1F1F4.data.0), // Norway
    ("NRU", U_1F1F3_1F1F7.data.0), // Nauru
    ("NZL", U_1F1F3_1F1FF.data.0), // New Zealand
    ("OMA", U_1F1F4_1F1F2.data.0), // Oman
    ("PAK", U_1F1F5_1F1F0.data.0), // Pakistan
    ("PAN", U_1F1F5_1F1E6.data.0), // Panama
    ("PAR", U_1F1F5_1F1FE.data.0), // Paraguay
    ("PER", U_1F1F5_1F1EA.data.0), // Peru
    ("PHI", U_1F1F5_1F1ED.data.0), // Philippines
    ("PLE", U_1F1F5_1F1F8.data.0), // Palestinian Territories
    ("PLW", U_1F1F5_1F1FC.data.0), // Palau
    ("PNG", U_1F1F5_1F1EC.data.0), // Papua New Guinea
    ("POL", U_1F1F5_1F1F1.data.0), // Poland
    ("POR", U_1F1F5_1F1F9.data.0), // Portugal
    ("PRK", U_1F1F0_1F1F5.data.0), // North Korea
    ("PUR", U_1F1F5_1F1F7.data.0), // Puerto Rico
    ("QAT", U_1F1F6_1F1E6.data.0), // Qatar
    ("ROU", U_1F1F7_1F1F4.data.0), // Romania
    ("RSA", U_1F1FF_1F1E6.data.0), // South Africa
    ("RUS", U_1F1F7_1F1FA.data.0), // Russia
    ("RWA", U_1F1F7_1F1FC.data.0), // Rwanda
    ("SAM", U_1F1FC_1F1F8.data.0), // Samoa
    ("SEN", U_1F1F8_1F1F3.data.0), // Senegal
    ("SEY", U_1F1F8_1F1E8.data.0), // Seychelles
    ("SGP", U_1F1F8_1F1EC.data.0), // Singapore
    ("SKN", U_1F1F0_1F1F3.data.0), // St. Kitts & Nevis
    ("SLE", U_1F1F8_1F1F1.data.0), // Sierra Leone
    ("SLO", U_1F1F8_1F1EE.data.0), // Slovenia
    ("SMR", U_1F1F8_1F1F2.data.0), // San Marino
    ("SOL", U_1F1F8_1F1E7.data.0), // Solomon Islands
    ("SOM", U_1F1F8_1F1F4.data.0), // Somalia
    ("SRB", U_1F1F7_1F1F8.data.0), // Serbia
    ("SRI", U_1F1F1_1F1F0.data.0), // Sri Lanka
    ("SSD", U_1F1F8_1F1F8.data.0), // South Sudan
    ("STP", U_1F1F8_1F1F9.data.0), // São Tomé & Príncipe
    ("SUD", U_1F1F8_1F1E9.data.0), // Sudan
    ("SUI", U_1F1E8_1F1ED.data.0), // Switzerland
    ("SUR", U_1F1F8_1F1F7.data.0), // Suriname
    ("SVK", U_1F1F8_1F1F0.data.0), // Slovakia
    ("SWE", U_1F1F8_1F1EA.data.0), // Sweden
    ("SWZ", U_1F1F8_1F1FF.data.0), // Eswatini
    ("SYR", U_1F1F8_1F1FE.data.0), // Syria
    ("TAN", U_1F1F9_1F1FF.data.0), // Tanzania
    ("TGA", U_1F1F9_1F1F4.data.0), // Tonga
    ("THA", U_1F1F9_1F1ED.data.0), // Thailand
    ("TJK", U_1F1F9_1F1EF.data.0), // Tajikistan
    ("TKM", U_1F1F9_1F1F2.data.0), // Turkmenistan
    ("TLS", U_1F1F9_1F1F1.data.0), // Timor-Leste
    ("TOG", U_1F1F9_1F1EC.data.0), // Togo
    ("TTO", U_1F1F9_1F1F9.data.0), // Trinidad & Tobago
    ("TUN", U_1F1F9_1F1F3.data.0), // Tunisia
    ("TUR", U_1F1F9_1F1F7.data.0), // Türkiye
    ("TUV", U_1F1F9_1F1FB.data.0), // Tuvalu
    ("UAE", U_1F1E6_1F1EA.data.0), // United Arab Emirates
    ("UGA", U_1F1FA_1F1EC.data.0), // Uganda
    ("UKR", U_1F1FA_1F1E6.data.0), // Ukraine
    ("URU", U_1F1FA_1F1FE.data.0), // Uruguay
    ("USA", U_1F1FA_1F1F8.data.0), // United States
    ("UZB", U_1F1FA_1F1FF.data.0), // Uzbekistan
    ("VAN", U_1F1FB_1F1FA.data.0), // Vanuatu
    ("VEN", U_1F1FB_1F1EA.data.0), // Venezuela
    ("VIE", U_1F1FB_1F1F3.data.0), // Vietnam
    ("VIN", U_1F1FB_1F1E8.data.0), // St. Vincent & Grenadines
    ("YEM", U_1F1FE_1F1EA.data.0), // Yemen
    ("ZAM", U_1F1FF_1F1F2.data.0), // Zambia
    ("ZIM", U_1F1FF_1F1FC.data.0), // Zimbabwe
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::games::noc::{COMMITTEES, Standing};

    #[test]
    fn every_committee_of_today_has_a_flag_but_those_without_one_of_their_own() {
        let none: Vec<&str> = COMMITTEES
            .iter()
            .filter(|(code, _, standing)| *standing == Standing::Current && png(code).is_none())
            .map(|(code, ..)| *code)
            .collect();
        assert_eq!(none, ["EOR", "TPE"]);
        for code in ["AIN", "ROC", "IOA", "URS", "XXX", ""] {
            assert_eq!(png(code), None, "{code}");
        }
    }

    #[test]
    fn every_flag_is_a_small_png_and_in_the_order_of_the_codes() {
        assert!(FLAGS.is_sorted_by(|(one, _), (next, _)| one < next));
        for (code, _) in FLAGS {
            let png = png(code).unwrap();
            assert!(png.starts_with(b"\x89PNG") && png.len() < 2_000, "{code}");
        }
    }
}
