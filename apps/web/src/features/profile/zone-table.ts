/**
 * Of each zone its country, large cities beside the one in its name, and what its standard time is called, a line each:
 * `zone|country|city,city|abbreviation`. From `@vvo/tzdb` 6.202.0 (MIT), whose cities are those of GeoNames (CC BY 4.0),
 * with some cities added. 8 kB, loaded when zones are searched.
 */
export const zoneTable = `
Africa/Abidjan|CI|Abobo,Bouake,Korhogo|GMT
Africa/Accra|GH|Kumasi,Tamale,Takoradi|GMT
Africa/Addis_Ababa|ET|Jijiga,Gonder,Mek'ele|EAT
Africa/Algiers|DZ|Oran,Constantine,Annaba|CET
Africa/Asmera|ER||EAT
Africa/Bamako|ML|Sikasso,Koutiala,Segou|GMT
Africa/Bangui|CF|Bimbo,Begoua,Carnot|WAT
Africa/Banjul|GM|Serekunda,Brikama,Sukuta,Talinding|GMT
Africa/Bissau|GW|Gabu,Contumo,Reino de Bandim|GMT
Africa/Blantyre|MW|Lilongwe,Mzuzu,Zomba|CAT
Africa/Brazzaville|CG|Pointe-Noire,Dolisie,Nkayi|WAT
Africa/Bujumbura|BI|Gitega,Ngozi,Mpanda|CAT
Africa/Cairo|EG|Alexandria,Giza,Shubra al Khaymah|EET
Africa/Casablanca|MA|Rabat,Fes,Tangier|WET
Africa/Ceuta|ES||CET
Africa/Conakry|GN|Camayenne,Nzerekore,Kankan|GMT
Africa/Dakar|SN|Pikine,Touba,Guediawaye|GMT
Africa/Dar_es_Salaam|TZ|Mwanza,Dodoma,Zanzibar|EAT
Africa/Djibouti|DJ|Balbala,Ali Sabih,Dikhil|EAT
Africa/Douala|CM|Yaounde,Bamenda,Bafoussam|WAT
Africa/El_Aaiun|EH|Laayoune,Dakhla,Boujdour,El Marsa|WET
Africa/Freetown|SL|Kenema,Bo,Koidu|GMT
Africa/Gaborone|BW|Francistown,Mogoditshane,Maun|CAT
Africa/Harare|ZW|Bulawayo,Chitungwiza,Mutare|CAT
Africa/Johannesburg|ZA|Cape Town,Durban,Pretoria|SAST
Africa/Juba|SS|Winejok,Yei,Malakal|CAT
Africa/Kampala|UG|Nansana,Kira,Bunamwaya|EAT
Africa/Khartoum|SD|Omdurman,Khartoum North,Nyala|CAT
Africa/Kigali|RW|Gisenyi,Musanze,Nyagatare|CAT
Africa/Kinshasa|CD|Kikwit,Masina,Mbandaka|WAT
Africa/Lagos|NG|Kano,Ibadan,Abuja|WAT
Africa/Libreville|GA|Port-Gentil,Franceville,Owendo|WAT
Africa/Lome|TG|Sokode,Kara,Atakpame|GMT
Africa/Luanda|AO|Mulenvos,Viana,Kikolo|WAT
Africa/Lubumbashi|CD|Mbuji-Mayi,Kisangani,Kananga|CAT
Africa/Lusaka|ZM|Kitwe,Ndola,Chipata|CAT
Africa/Malabo|GQ|Bata,Ebebiyin,Anisoc|WAT
Africa/Maputo|MZ|Matola,Nampula,Beira|CAT
Africa/Maseru|LS|Maputsoe,Mohale's Hoek,Mafeteng|SAST
Africa/Mbabane|SZ|Manzini,Lobamba|SAST
Africa/Mogadishu|SO|Borama,Hargeysa,Berbera|EAT
Africa/Monrovia|LR|Gbarnga,Buchanan,Ganta|GMT
Africa/Nairobi|KE|Kakamega,Mombasa,Nakuru|EAT
Africa/Ndjamena|TD|N'Djamena,Moundou,Abeche,Sarh|WAT
Africa/Niamey|NE|Maradi,Zinder,Tahoua|WAT
Africa/Nouakchott|MR|Nouadhibou,Kiffa,Dar Naim|GMT
Africa/Ouagadougou|BF|Bobo-Dioulasso,Koudougou,Saaba|GMT
Africa/Porto-Novo|BJ|Cotonou,Abomey-Calavi,Parakou|WAT
Africa/Sao_Tome|ST||GMT
Africa/Tripoli|LY|Benghazi,Misratah,Zliten|EET
Africa/Tunis|TN|Sfax,Sousse,Sukrah|CET
Africa/Windhoek|NA|Rundu,Walvis Bay,Swakopmund|CAT
America/Adak|US||HST
America/Anchorage|US|Fairbanks,Juneau,Eagle River|AKST
America/Anguilla|AI|The Valley|AST
America/Antigua|AG|Saint John’s|AST
America/Araguaina|BR||BRT
America/Argentina/Buenos_Aires|AR|Cordoba,Rosario,Mar del Plata|ART
America/Argentina/La_Rioja|AR||ART
America/Argentina/Rio_Gallegos|AR||ART
America/Argentina/Salta|AR||ART
America/Argentina/San_Juan|AR||ART
America/Argentina/San_Luis|AR||ART
America/Argentina/Tucuman|AR||ART
America/Argentina/Ushuaia|AR||ART
America/Aruba|AW|Oranjestad,Noord,Tanki Leendert,Santa Cruz|AST
America/Asuncion|PY|Ciudad del Este,San Lorenzo,Capiata|PYT
America/Bahia|BR||BRT
America/Bahia_Banderas|MX||CST
America/Barbados|BB|Bridgetown|AST
America/Belem|BR||BRT
America/Belize|BZ|Belize City,San Ignacio,San Pedro,Orange Walk|CST
America/Blanc-Sablon|CA||AST
America/Boa_Vista|BR||AMT
America/Bogota|CO|Cali,Medellin,Barranquilla|COT
America/Boise|US||MST
America/Cambridge_Bay|CA||MST
America/Campo_Grande|BR||AMT
America/Cancun|MX|Chetumal,Playa del Carmen,Cozumel|EST
America/Caracas|VE|Maracaibo,Valencia,Barquisimeto|VET
America/Catamarca|AR||ART
America/Cayenne|GF|Matoury,Saint-Laurent-du-Maroni,Kourou|GFT
America/Cayman|KY|George Town,West Bay|EST
America/Chicago|US|Houston,San Antonio,Dallas,Austin,New Orleans|CST
America/Chihuahua|MX||CST
America/Ciudad_Juarez|MX||MST
America/Coral_Harbour|PA||EST
America/Cordoba|AR||ART
America/Costa_Rica|CR|San Jose,Limon,Alajuela,Liberia|CST
America/Coyhaique|CL||CLT
America/Creston|CA||MST
America/Cuiaba|BR||AMT
America/Curacao|CW|Willemstad,Bandariba|AST
America/Danmarkshavn|GL||GMT
America/Dawson|CA||MST
America/Dawson_Creek|CA||MST
America/Denver|US|El Paso,Albuquerque,Colorado Springs|MST
America/Detroit|US||EST
America/Dominica|DM|Roseau|AST
America/Edmonton|CA|Calgary,Lethbridge,Red Deer|CST
America/Eirunepe|BR||ACT
America/El_Salvador|SV|San Salvador,Soyapango,San Miguel,Santa Ana|CST
America/Fort_Nelson|CA||MST
America/Fortaleza|BR||BRT
America/Glace_Bay|CA||AST
America/Goose_Bay|CA||AST
America/Grand_Turk|TC|Providenciales,Cockburn Town|EST
America/Grenada|GD|Saint George's|AST
America/Guadeloupe|GP|Les Abymes,Baie-Mahault,Le Gosier,Petit-Bourg|AST
America/Guatemala|GT|Guatemala City,Villa Nueva,Mixco,Coban|CST
America/Guayaquil|EC|Quito,Cuenca,Santo Domingo de los Colorados|ECT
America/Guyana|GY|Georgetown,Linden,New Amsterdam|GYT
America/Halifax|CA|Sydney,Dartmouth,Moncton|AST
America/Havana|CU|Santiago de Cuba,Camaguey,Holguin|CDT
America/Hermosillo|MX|Culiacan,Mazatlan,Tepic|MST
America/Indiana/Knox|US||CST
America/Indiana/Marengo|US||EST
America/Indiana/Petersburg|US||EST
America/Indiana/Tell_City|US||CST
America/Indiana/Vevay|US||EST
America/Indiana/Vincennes|US||EST
America/Indiana/Winamac|US||EST
America/Indianapolis|US||EST
America/Inuvik|CA||CST
America/Iqaluit|CA||EST
America/Jamaica|JM|Kingston,Spanish Town,Portmore,Montego Bay|EST
America/Jujuy|AR||ART
America/Juneau|US||AKST
America/Kentucky/Monticello|US||EST
America/Kralendijk|BQ||AST
America/La_Paz|BO|Santa Cruz de la Sierra,Cochabamba,Sucre|BOT
America/Lima|PE|Callao,Arequipa,Trujillo|PET
America/Los_Angeles|US|San Diego,San Jose,San Francisco,Seattle,Portland,Las Vegas|PST
America/Louisville|US||EST
America/Lower_Princes|SX|Philipsburg|AST
America/Maceio|BR||BRT
America/Managua|NI|Leon,Masaya,Chinandega|CST
America/Manaus|BR|Campo Grande,Cuiaba,Porto Velho|AMT
America/Marigot|MF||AST
America/Martinique|MQ|Fort-de-France,Le Lamentin,Le Robert,Sainte-Marie|AST
America/Matamoros|MX|Reynosa,Heroica Matamoros,Nuevo Laredo,Ciudad Acuna|CST
America/Mazatlan|MX||MST
America/Mendoza|AR||ART
America/Menominee|US||CST
America/Merida|MX||CST
America/Metlakatla|US||AKST
America/Mexico_City|MX|Iztapalapa,Puebla,Ecatepec de Morelos,Guadalajara|CST
America/Miquelon|PM|Saint-Pierre|PMST
America/Moncton|CA||AST
America/Monterrey|MX||CST
America/Montevideo|UY|Salto,Maldonado,Rivera|UYT
America/Montserrat|MS|Brades,Plymouth|AST
America/Nassau|BS|Lucaya,Freeport,Killarney|EST
America/New_York|US|New York City,Brooklyn,Queens,Philadelphia,Washington,Boston,Miami,Atlanta|EST
America/Nome|US||AKST
America/Noronha|BR||FNT
America/North_Dakota/Beulah|US||CST
America/North_Dakota/Center|US||CST
America/North_Dakota/New_Salem|US||CST
America/Nuuk|GL|Scoresbysund|WGT
America/Ojinaga|MX||CST
America/Panama|PA|Panama City,San Miguelito,Juan Diaz,David|EST
America/Paramaribo|SR|Lelydorp|SRT
America/Phoenix|US|Tucson,Mesa,Chandler|MST
America/Port-au-Prince|HT|Carrefour,Delmas,Petionville|EST
America/Port_of_Spain|TT|Chaguanas,Mon Repos,San Fernando|AST
America/Porto_Velho|BR||AMT
America/Puerto_Rico|PR|San Juan,Bayamon,Carolina,Ponce|AST
America/Punta_Arenas|CL|Coyhaique,Puerto Natales,Puerto Aysen|CLT
America/Rankin_Inlet|CA||CST
America/Recife|BR||BRT
America/Regina|CA|Saskatoon,Prince Albert,Moose Jaw|CST
America/Resolute|CA|Rankin Inlet|CST
America/Rio_Branco|BR|Cruzeiro do Sul,Sena Madureira,Benjamin Constant|ACT
America/Santarem|BR||BRT
America/Santiago|CL|Puente Alto,Maipu,Antofagasta|CLT
America/Santo_Domingo|DO|Santiago de los Caballeros,Santo Domingo Oeste,Santo Domingo Este|AST
America/Sao_Paulo|BR|Rio de Janeiro,Belo Horizonte,Salvador,Brasilia|BRT
America/Scoresbysund|GL||WGT
America/Sitka|US||AKST
America/St_Barthelemy|BL|Gustavia|AST
America/St_Johns|CA|St. John's,Conception Bay South,Paradise,Mount Pearl|NST
America/St_Kitts|KN|Basseterre|AST
America/St_Lucia|LC|Gros Islet,Castries|AST
America/St_Thomas|VI|Saint Croix,Charlotte Amalie|AST
America/St_Vincent|VC|Kingstown,Calliaqua|AST
America/Swift_Current|CA||CST
America/Tegucigalpa|HN|San Pedro Sula,Danli,La Ceiba|CST
America/Thule|GL||AST
America/Tijuana|MX|Mexicali,Ensenada,Rosarito|PST
America/Toronto|CA|Montreal,Ottawa,Mississauga|EST
America/Tortola|VG|Road Town|AST
America/Vancouver|CA|Surrey,Victoria,Burnaby|MST
America/Whitehorse|CA|Fort St. John,Creston,Fort Nelson|MST
America/Winnipeg|CA|Brandon,Steinbach,Kenora|EST
America/Yakutat|US||AKST
Antarctica/Casey|AQ||AWST
Antarctica/Davis|AQ||DAVT
Antarctica/DumontDUrville|AQ||DDUT
Antarctica/Macquarie|AU||AEST
Antarctica/Mawson|AQ|Vostok|MAWT
Antarctica/McMurdo|AQ||NZST
Antarctica/Palmer|AQ|Rothera|CLT
Antarctica/Rothera|AQ||CLT
Antarctica/Syowa|AQ||SYOT
Antarctica/Troll|AQ||GMT
Antarctica/Vostok|AQ||MAWT
Arctic/Longyearbyen|SJ||CET
Asia/Aden|YE|Sanaa,Taiz,Ibb|AST
Asia/Almaty|KZ|Astana,Shymkent,Aktobe|
Asia/Amman|JO|Zarqa,Irbid,Russeifa|
Asia/Anadyr|RU||PETT
Asia/Aqtau|KZ||
Asia/Aqtobe|KZ||
Asia/Ashgabat|TM|Turkmenabat,Dasoguz,Mary|TMT
Asia/Atyrau|KZ||
Asia/Baghdad|IQ|Mosul,Erbil,Basrah|AST
Asia/Bahrain|BH|Al Muharraq,Manama,Madinat Hamad,Ar Rifa‘|AST
Asia/Baku|AZ|Sumgayit,Ganja,Khirdalan|AZT
Asia/Bangkok|TH|Samut Prakan,Mueang Nonthaburi,Chon Buri|ICT
Asia/Barnaul|RU||KRAT
Asia/Beirut|LB|Tripoli,Sidon,Tyre|EET
Asia/Bishkek|KG|Osh,Manas,Karakol|KGT
Asia/Brunei|BN|Bandar Seri Begawan,Sengkurong,Mentiri,Kuala Belait|BNT
Asia/Chita|RU|Yakutsk,Blagoveshchensk,Belogorsk|YAKT
Asia/Colombo|LK|Dehiwala-Mount Lavinia,Maharagama,Jaffna|IST
Asia/Damascus|SY|Aleppo,Homs,Latakia|
Asia/Dhaka|BD|Chattogram,Gazipur,Khulna|BST
Asia/Dili|TL|Maliana,Suai,Likisa|TLT
Asia/Dubai|AE|Abu Dhabi,Sharjah,Al Ain City|GST
Asia/Dushanbe|TJ|Isfara,Istaravshan,Kulob|TJT
Asia/Famagusta|CY||EET
Asia/Gaza|PS|Khan Yunis,Jabalya,Hebron|EET
Asia/Hebron|PS||EET
Asia/Ho_Chi_Minh|VN|Ho Chi Minh City,Hanoi,Haiphong,Can Tho,Saigon|ICT
Asia/Hong_Kong|HK|Victoria,Tuen Mun,Sha Tin|HKT
Asia/Hovd|MN|Ulaangom,Khovd,Olgii,Altai|HOVT
Asia/Irkutsk|RU|Ulan-Ude,Bratsk,Angarsk|IRKT
Asia/Jakarta|ID|Surabaya,Bekasi,Bandung|WIB
Asia/Jayapura|ID|Ambon,Sorong,Ternate|WIT
Asia/Jerusalem|IL|Tel Aviv,Haifa,Rishon LeTsiyyon|IST
Asia/Kabul|AF|Herat,Mazar-e Sharif,Kandahar|AFT
Asia/Kamchatka|RU|Petropavlovsk-Kamchatsky,Yelizovo,Vilyuchinsk,Anadyr|PETT
Asia/Karachi|PK|Lahore,Peshawar,Faisalabad,Islamabad|PKT
Asia/Kathmandu|NP|Pokhara,Bharatpur,Patan|NPT
Asia/Khandyga|RU||YAKT
Asia/Kolkata|IN|Mumbai,Delhi,Bengaluru,Hyderabad,Bangalore,Chennai,Calcutta|IST
Asia/Krasnoyarsk|RU||KRAT
Asia/Kuala_Lumpur|MY|Johor Bahru,Kampung Baru Subang,Petaling Jaya|MYT
Asia/Kuching|MY||MYT
Asia/Kuwait|KW|Al Ahmadi,Hawalli,Sabah as Salim,Al Farwaniyah|AST
Asia/Macau|MO|Taipa,Se,Luhuan|CST
Asia/Magadan|RU||MAGT
Asia/Makassar|ID|Samarinda,Balikpapan,Denpasar|WITA
Asia/Manila|PH|Quezon City,Davao,Caloocan|PST
Asia/Muscat|OM|Seeb,Bawshar,‘Ibri|GST
Asia/Nicosia|CY|Limassol,Larnaca,Strovolos|EET
Asia/Novokuznetsk|RU||KRAT
Asia/Novosibirsk|RU|Krasnoyarsk,Barnaul,Tomsk|KRAT
Asia/Omsk|RU|Tara,Kalachinsk,Isil’kul’|OMST
Asia/Oral|KZ||
Asia/Phnom_Penh|KH|Takeo,Siem Reap,Battambang|ICT
Asia/Pontianak|ID||WIB
Asia/Pyongyang|KP|Hamhung,Namp’o,Sunch’on|KST
Asia/Qatar|QA|Doha,Ar Rayyan,Lusail,Az Za‘ayin|AST
Asia/Qostanay|KZ||
Asia/Qyzylorda|KZ||
Asia/Riyadh|SA|Jeddah,Makkah,Madinah,Mecca|AST
Asia/Sakhalin|RU|Yuzhno-Sakhalinsk,Magadan,Korsakov,Kholmsk|MAGT
Asia/Samarkand|UZ||UZT
Asia/Seoul|KR|Busan,Incheon,Daegu|KST
Asia/Shanghai|CN|Chongqing,Chengdu,Beijing,Shenzhen,Guangzhou|CST
Asia/Singapore|SG|Ulu Bedok,Bedok New Town,Sengkang New Town|SGT
Asia/Srednekolymsk|RU||MAGT
Asia/Taipei|TW|New Taipei City,Taichung,Kaohsiung|CST
Asia/Tashkent|UZ|Andijon,Namangan,Samarkand|UZT
Asia/Tbilisi|GE|Batumi,Kutaisi,Rustavi|GET
Asia/Tehran|IR|Mashhad,Isfahan,Karaj|IRST
Asia/Thimphu|BT|Phuntsholing,Tsirang,Punakha|BTT
Asia/Tokyo|JP|Yokohama,Osaka,Nagoya,Kyoto|JST
Asia/Tomsk|RU||KRAT
Asia/Ulaanbaatar|MN|Ulan Bator,Erdenet,Darhan,Choibalsan|ULAT
Asia/Urumqi|CN|Shihezi,Korla,Aqsu|CST
Asia/Ust-Nera|RU||VLAT
Asia/Vientiane|LA|Savannakhet,Thakhek,Pakse|ICT
Asia/Vladivostok|RU|Khabarovsk,Komsomolsk-on-Amur,Ussuriysk|VLAT
Asia/Yakutsk|RU||YAKT
Asia/Yangon|MM|Mandalay,Nay Pyi Taw,Hlaingthaya,Rangoon|MMT
Asia/Yekaterinburg|RU|Chelyabinsk,Ufa,Perm|YEKT
Asia/Yerevan|AM|Gyumri,Vanadzor,Abovyan|AMT
Atlantic/Azores|PT|Ponta Delgada|AZOT
Atlantic/Bermuda|BM|Hamilton|AST
Atlantic/Canary|ES|Las Palmas de Gran Canaria,Santa Cruz de Tenerife,La Laguna,Telde|WET
Atlantic/Cape_Verde|CV|Praia,Mindelo,Espargos,Assomada|CVT
Atlantic/Faroe|FO|Torshavn|WET
Atlantic/Madeira|PT||WET
Atlantic/Reykjavik|IS|Kopavogur,Hafnarfjorður,Reykjanesbær|GMT
Atlantic/South_Georgia|GS|Grytviken|GST
Atlantic/St_Helena|SH|Jamestown|GMT
Atlantic/Stanley|FK||FKST
Australia/Adelaide|AU|Adelaide Hills,Mount Gambier,Mount Barker|ACST
Australia/Brisbane|AU|Gold Coast,Sunshine Coast,Logan City|AEST
Australia/Broken_Hill|AU||ACST
Australia/Darwin|AU|Palmerston,Alice Springs|ACST
Australia/Eucla|AU||ACWST
Australia/Hobart|AU||AEST
Australia/Lindeman|AU||AEST
Australia/Lord_Howe|AU||LHST
Australia/Melbourne|AU||AEST
Australia/Perth|AU|Mandurah,Bunbury,Geraldton|AWST
Australia/Sydney|AU|Melbourne,Newcastle,Canberra|AEST
Europe/Amsterdam|NL|Rotterdam,The Hague,Utrecht|CET
Europe/Andorra|AD|Andorra la Vella,les Escaldes|CET
Europe/Astrakhan|RU||SAMT
Europe/Athens|GR|Thessaloniki,Patra,Piraeus|EET
Europe/Belgrade|RS|Nis,Novi Sad,Novi Beograd|CET
Europe/Berlin|DE|Hamburg,Munich,Koln,Frankfurt,Cologne,Stuttgart|CET
Europe/Bratislava|SK|Kosice,Petrzalka,Nitra|CET
Europe/Brussels|BE|Antwerp,Gent,Charleroi|CET
Europe/Bucharest|RO|Iasi,Constanta,Cluj-Napoca|EET
Europe/Budapest|HU|Debrecen,Szeged,Miskolc|CET
Europe/Busingen|DE||CET
Europe/Chisinau|MD|Tiraspol,Balti,Bender|EET
Europe/Copenhagen|DK|Arhus,Odense,Aalborg|CET
Europe/Dublin|IE|Cork,Limerick,Galway|GMT
Europe/Gibraltar|GI||CET
Europe/Guernsey|GG|Saint Peter Port|GMT
Europe/Helsinki|FI|Espoo,Tampere,Vantaa|EET
Europe/Isle_of_Man|IM|Douglas|GMT
Europe/Istanbul|TR|Ankara,Bursa,Izmir|TRT
Europe/Jersey|JE|Saint Helier|GMT
Europe/Kaliningrad|RU|Chernyakhovsk,Sovetsk,Baltiysk|EET
Europe/Kirov|RU||MSK
Europe/Kyiv|UA|Kharkiv,Odesa,Dnipro,Kiev,Lviv|EET
Europe/Lisbon|PT|Porto,Braga,Amadora|WET
Europe/Ljubljana|SI|Maribor,Celje,Kranj|CET
Europe/London|GB|Birmingham,Glasgow,Manchester,Edinburgh,Cardiff,Belfast|GMT
Europe/Luxembourg|LU|Esch-sur-Alzette,Dudelange|CET
Europe/Madrid|ES|Barcelona,Valencia,Zaragoza|CET
Europe/Malta|MT|San Pawl il-Baħar,Birkirkara,Mosta,Sliema|CET
Europe/Mariehamn|AX||EET
Europe/Minsk|BY|Homyel',Hrodna,Vitebsk|MSK
Europe/Monaco|MC||CET
Europe/Moscow|RU|Saint Petersburg,Nizhniy Novgorod,Kazan|MSK
Europe/Oslo|NO|Bergen,Trondheim,Stavanger|CET
Europe/Paris|FR|Marseille,Lyon,Toulouse|CET
Europe/Podgorica|ME|Niksic,Herceg Novi,Pljevlja|CET
Europe/Prague|CZ|Brno,Ostrava,Pilsen|CET
Europe/Riga|LV|Daugavpils,Liepaja,Jelgava|EET
Europe/Rome|IT|Milan,Naples,Turin|CET
Europe/Samara|RU|Saratov,Tolyatti,Izhevsk|SAMT
Europe/San_Marino|SM||CET
Europe/Sarajevo|BA|Banja Luka,Zenica,Tuzla|CET
Europe/Saratov|RU||SAMT
Europe/Simferopol|UA|Sevastopol,Kerch,Yevpatoriya|MSK
Europe/Skopje|MK|Kumanovo,Prilep,Bitola|CET
Europe/Sofia|BG|Plovdiv,Varna,Burgas|EET
Europe/Stockholm|SE|Gothenburg,Malmo,Uppsala|CET
Europe/Tallinn|EE|Tartu,Narva,Parnu|EET
Europe/Tirane|AL|Tirana,Durres,Vlore,Elbasan|CET
Europe/Ulyanovsk|RU||SAMT
Europe/Vaduz|LI||CET
Europe/Vatican|VA|Vatican City|CET
Europe/Vienna|AT|Graz,Linz,Salzburg|CET
Europe/Vilnius|LT|Kaunas,Klaipeda,Siauliai|EET
Europe/Volgograd|RU||MSK
Europe/Warsaw|PL|Krakow,Wrocław,Łodz,Gdansk|CET
Europe/Zagreb|HR|Split,Rijeka,Osijek|CET
Europe/Zurich|CH|Geneva,Basel,Lausanne,Bern|CET
Indian/Antananarivo|MG|Toamasina,Antsirabe,Mahajanga|EAT
Indian/Chagos|IO||IOT
Indian/Christmas|CX|Flying Fish Cove|CXT
Indian/Cocos|CC|West Island|CCT
Indian/Comoro|KM|Moroni,Moutsamoudou,Fomboni|EAT
Indian/Kerguelen|TF|Port-aux-Francais|FSAT
Indian/Mahe|SC|Victoria|SCT
Indian/Maldives|MV|Male|MVT
Indian/Mauritius|MU|Port Louis,Vacoas,Beau Bassin-Rose Hill,Curepipe|MUT
Indian/Mayotte|YT|Mamoudzou,Koungou,Labattoir,Kaoueni|EAT
Indian/Reunion|RE|Saint-Denis,Saint-Paul,Saint-Pierre,Le Tampon|RET
Pacific/Apia|WS||WST
Pacific/Auckland|NZ|Christchurch,Wellington,Manukau City|NZST
Pacific/Bougainville|PG|Arawa|BST
Pacific/Chatham|NZ||CHAST
Pacific/Easter|CL||EAST
Pacific/Efate|VU|Port-Vila|VUT
Pacific/Enderbury|KI||PHOT
Pacific/Fakaofo|TK||TKT
Pacific/Fiji|FJ|Nasinu,Suva,Lautoka,Nadi|FJT
Pacific/Funafuti|TV||TVT
Pacific/Galapagos|EC||GALT
Pacific/Gambier|PF||GAMT
Pacific/Guadalcanal|SB|Honiara,Tandai,Malango|SBT
Pacific/Guam|GU|Dededo Village,Yigo Village,Tamuning-Tumon-Harmon Village,Mangilao Village|ChST
Pacific/Honolulu|US|East Honolulu,Pearl City,Makakilo,Kapolei,Honokai Hale|HST
Pacific/Kiritimati|KI||LINT
Pacific/Kosrae|FM|Palikir|KOST
Pacific/Kwajalein|MH||MHT
Pacific/Majuro|MH|Dalap-Uliga-Dorrit,Kwajalein|MHT
Pacific/Marquesas|PF||MART
Pacific/Midway|UM||SST
Pacific/Nauru|NR|Yaren|NRT
Pacific/Niue|NU|Alofi|NUT
Pacific/Norfolk|NF|Kingston|NFT
Pacific/Noumea|NC|Mont-Dore,Dumbea|NCT
Pacific/Pago_Pago|AS||SST
Pacific/Palau|PW|Ngerulmud|PWT
Pacific/Pitcairn|PN|Adamstown|PST
Pacific/Ponape|FM||KOST
Pacific/Port_Moresby|PG|Lae,Mount Hagen,Popondetta|PGT
Pacific/Rarotonga|CK|Avarua|CKT
Pacific/Saipan|MP||ChST
Pacific/Tahiti|PF|Faaa,Papeete,Punaauia|TAHT
Pacific/Tarawa|KI||GILT
Pacific/Tongatapu|TO|Nuku‘alofa|TOT
Pacific/Truk|FM||CHUT
Pacific/Wake|UM||WAKT
Pacific/Wallis|WF|Mata-Utu|WFT
`;
