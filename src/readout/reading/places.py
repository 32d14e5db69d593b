"""Towns whose name alone can open a report: capitals and the towns that diplomats meet in. Own list."""

from __future__ import annotations

PLACES: frozenset[str] = frozenset(
    p.strip().casefold()
    for p in """Abidjan, Abu Dhabi, Abuja, Accra, Addis Ababa, Aden, Algiers, Almaty, Amman, Amsterdam,
    Ankara, Antalya, Antananarivo, Apia, Ashgabat, Asmara, Astana, Asuncion, Asunción, Athens, Auckland, Baghdad, Baku,
    Bali, Bamako, Bandar Seri Begawan, Bangkok, Bangui, Banjul, Barcelona, Basra, Beijing, Beirut, Belfast, Belgrade,
    Belmopan, Benghazi, Berlin, Bern, Bishkek, Bissau, Bogota, Bogotá, Bonn, Brasilia, Brasília, Bratislava,
    Brazzaville, Bridgetown, Brussels, Bucharest, Budapest, Buenos Aires, Bujumbura, Cairo, Canberra, Caracas,
    Cape Town, Casablanca, Chisinau, Chișinău, Colombo, Conakry, Copenhagen, Cotonou, Dakar, Damascus, Dar es Salaam,
    Davos, Delhi, Dhaka, Dili, Djibouti, Dodoma, Doha, Dubai, Dublin, Dushanbe, Edinburgh, Erbil, Florence, Frankfurt,
    Freetown, Gaborone, Gaza, Gaza City, Geneva, Georgetown, Gitega, Guatemala City, Guangzhou, Hamburg, Hanoi,
    Harare, Havana, Helsinki, Hiroshima, Hong Kong, Honiara, Islamabad, Istanbul, Jakarta, Jeddah, Jerusalem,
    Johannesburg, Juba, Kabul, Kampala, Karachi, Kathmandu, Kazan, Kharkiv, Khartoum, Kiev, Kigali, Kingston, Kinshasa,
    Kuala Lumpur, Kuwait, Kuwait City, Kyiv, Kyoto, La Paz, Lagos, Lahore, Libreville, Lilongwe, Lima, Lisbon,
    Ljubljana, Lome, Lomé, London, Luanda, Lusaka, Luxembourg, Lviv, Lyon, Madrid, Majuro, Malabo, Male, Malé, Managua,
    Manama, Manila, Maputo, Marrakech, Maseru, Mbabane, Melbourne, Mexico City, Milan, Minsk, Mogadishu, Monaco,
    Monrovia, Montevideo, Montreal, Moroni, Moscow, Mumbai, Munich, Muscat, Nairobi, Nassau, Naypyidaw, Nay Pyi Taw,
    N'Djamena, New Delhi, New York, Niamey, Nicosia, Nouakchott, Nouméa, Nuku'alofa, Nur-Sultan, Osaka, Oslo, Ottawa,
    Ouagadougou, Palikir, Panama City, Paramaribo, Paris, Phnom Penh, Podgorica, Port Louis, Port Moresby,
    Port of Spain, Port-au-Prince, Port Sudan, Port Vila, Porto-Novo, Prague, Praia, Pretoria, Pristina, Pyongyang,
    Quito, Rabat, Ramallah, Rangoon, Reykjavik, Riga, Rio de Janeiro, Riyadh, Rome, Roseau, Samarkand, San Francisco,
    San Jose, San José, San Salvador, Sanaa, Sana'a, Santiago, Santo Domingo, Sao Paulo, São Paulo, Sao Tome, Sarajevo,
    Seoul, Shanghai, Sharm El Sheikh, Sharm el-Sheikh, Singapore, Skopje, Sochi, Sofia, St. Petersburg,
    Saint Petersburg, Stockholm, Strasbourg, Sucre, Suva, Sydney, Taipei, Tallinn, Tarawa, Tashkent, Tbilisi,
    Tegucigalpa, Tehran, Tel Aviv, The Hague, Thimphu, Tirana, Tokyo, Toronto, Tripoli, Tunis, Ulaanbaatar,
    Ulan Bator, United Nations, Vaduz, Valletta, Vatican City, Victoria, Vienna, Vientiane, Vilnius, Vladivostok,
    Warsaw, Washington, Wellington, Windhoek, Yangon, Yaounde, Yaoundé, Yerevan, Zagreb, Zurich""".replace(
        "\n", " "
    ).split(",")
)

#: Agencies that stand bare in a dateline, without parentheses.
AGENCIES: frozenset[str] = frozenset(
    a.strip().casefold()
    for a in """AA, Anadolu, Agerpres, AFP, AKIpress, Anadolu Agency, ANI, ANSA, Antara, AP, APA, Armenpress, Azertac,
    Belga, Bernama, BelTA, BTA, CNA, CTK, DPA, EFE, Fars, Hina, Interfax, INTERFAX.RU, Interfax-Ukraine, IRNA, ISNA,
    Kabar, Kazinform, KCNA, KUNA, Kyodo, Kyodo News, MAP, Mehr, MENA, MTI, NNA, Novosti, Petra, PTI, QNA, Reuters,
    RIA Novosti, Sana, SPA, Sputnik, SUNA, TASR, TASS, ITAR-TASS, Tasnim, Trend, UKRINFORM, UNI, UPI, WAM, Xinhua,
    Yonhap, The Associated Press, Associated Press, Agence France-Presse""".replace("\n", " ").split(",")
)
