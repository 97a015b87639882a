"""The countries and regions that a newspaper names."""

from articles.story.text import words_of

COUNTRIES = words_of("""
    Afghanistan, Albania, Algeria, Andorra, Angola, Argentina, Armenia, Australia,
    Austria, Azerbaijan, Bahamas, Bahrain, Bangladesh, Barbados, Belarus, Belgium,
    Belize, Benin, Bhutan, Bolivia, Bosnia, Botswana, Brazil, Britain, Brunei, Bulgaria,
    Burkina Faso, Burundi, Cambodia, Cameroon, Canada, Cape Verde, Chad, Chile, China,
    Colombia, Comoros, Congo, Costa Rica, Croatia, Cuba, Cyprus, Czech Republic,
    Denmark, Djibouti, Dominica, Dominican Republic, East Timor, Ecuador, Egypt, El
    Salvador, England, Eritrea, Estonia, Eswatini, Ethiopia, Fiji, Finland, France,
    Gabon, Gambia, Georgia, Germany, Ghana, Greece, Grenada, Guatemala, Guinea, Guyana,
    Haiti, Honduras, Hong Kong, Hungary, Iceland, India, Indonesia, Iran, Iraq, Ireland,
    Israel, Italy, Ivory Coast, Jamaica, Japan, Jordan, Kazakhstan, Kenya, Kiribati,
    Kosovo, Kuwait, Kyrgyzstan, Laos, Latvia, Lebanon, Lesotho, Liberia, Libya,
    Liechtenstein, Lithuania, Luxembourg, Madagascar, Malawi, Malaysia, Maldives, Mali,
    Malta, Mauritania, Mauritius, Mexico, Moldova, Monaco, Mongolia, Montenegro,
    Morocco, Mozambique, Myanmar, Namibia, Nauru, Nepal, Netherlands, New Zealand,
    Nicaragua, Niger, Nigeria, North Korea, North Macedonia, Northern Ireland, Norway,
    Oman, Pakistan, Palau, Palestine, Panama, Papua New Guinea, Paraguay, Peru,
    Philippines, Poland, Portugal, Puerto Rico, Qatar, Romania, Russia, Rwanda, Samoa,
    San Marino, Saudi Arabia, Scotland, Senegal, Serbia, Seychelles, Sierra Leone,
    Singapore, Slovakia, Slovenia, Somalia, South Africa, South Korea, South Sudan,
    Spain, Sri Lanka, Sudan, Suriname, Sweden, Switzerland, Syria, Taiwan, Tajikistan,
    Tanzania, Thailand, Togo, Tonga, Trinidad, Tunisia, Turkey, Turkmenistan, Türkiye,
    UAE, Uganda, UK, Ukraine, United Arab Emirates, United Kingdom, United States,
    Uruguay, US, Uzbekistan, Vanuatu, Venezuela, Vietnam, Wales, Yemen, Zambia,
    Zimbabwe, Gaza Strip, West Bank, Azad Kashmir, Balochistan, Punjab, Sindh
""")
