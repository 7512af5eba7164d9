/** Zones that Node lists under names of the nineties: from the old name to today's. People may type either. */
export const RENAMED_ZONES = new Map(
  `America/Buenos_Aires=America/Argentina/Buenos_Aires America/Catamarca=America/Argentina/Catamarca
  America/Cordoba=America/Argentina/Cordoba America/Jujuy=America/Argentina/Jujuy
  America/Mendoza=America/Argentina/Mendoza America/Coral_Harbour=America/Atikokan America/Godthab=America/Nuuk
  America/Indianapolis=America/Indiana/Indianapolis America/Louisville=America/Kentucky/Louisville
  Africa/Asmera=Africa/Asmara Asia/Calcutta=Asia/Kolkata Asia/Katmandu=Asia/Kathmandu Asia/Rangoon=Asia/Yangon
  Asia/Saigon=Asia/Ho_Chi_Minh Atlantic/Faeroe=Atlantic/Faroe Europe/Kiev=Europe/Kyiv Pacific/Enderbury=Pacific/Kanton
  Pacific/Ponape=Pacific/Pohnpei Pacific/Truk=Pacific/Chuuk`
    .split(/\s+/)
    .map(pair => pair.split('=') as [string, string]),
)

/** The name of today for a zone that Node lists under an older one. */
export const todaysName = (zone: string): string => RENAMED_ZONES.get(zone) ?? zone

/** Zones that were merged into others: Node accepts these names but does not list them. */
export const MERGED_ZONES =
  `Africa/Timbuktu America/Atka America/Ensenada America/Fort_Wayne America/Montreal America/Nipigon
  America/Pangnirtung America/Porto_Acre America/Rainy_River America/Rosario America/Shiprock America/Thunder_Bay
  America/Yellowknife Antarctica/South_Pole Asia/Ashkhabad Asia/Choibalsan Asia/Chongqing Asia/Chungking Asia/Dacca
  Asia/Harbin Asia/Kashgar Asia/Macao Asia/Tel_Aviv Asia/Thimbu Asia/Ujung_Pandang Asia/Ulan_Bator Atlantic/Jan_Mayen
  Australia/Canberra Australia/Currie Australia/NSW Australia/Queensland Australia/Tasmania Australia/Yancowinna
  Brazil/DeNoronha Canada/Newfoundland Canada/Saskatchewan Canada/Yukon Europe/Belfast Europe/Tiraspol
  Europe/Uzhgorod Europe/Zaporozhye Pacific/Johnston Pacific/Yap US/Alaska US/Arizona US/Hawaii US/Michigan`.split(
    /\s+/,
  )

/**
 * Short names such as `et`, and the zones they may mean, the likeliest first. If there are several, the bot must ask.
 */
export const ZONES_BY_CLOCK = new Map(
  Object.entries({
    'et edt eastern': 'America/New_York America/Toronto',
    est: 'America/New_York America/Toronto America/Panama Australia/Sydney Australia/Brisbane',
    'ct cdt central': 'America/Chicago America/Winnipeg',
    cst: 'America/Chicago America/Winnipeg America/Mexico_City America/Costa_Rica America/Havana Asia/Shanghai Asia/Taipei',
    'mt mdt mountain': 'America/Denver America/Edmonton',
    mst: 'America/Denver America/Edmonton America/Phoenix',
    'pt pdt pacific': 'America/Los_Angeles America/Vancouver America/Tijuana',
    pst: 'America/Los_Angeles America/Vancouver America/Tijuana Asia/Manila',
    'atlantic adt': 'America/Halifax Atlantic/Bermuda',
    ast: 'America/Halifax America/Puerto_Rico Asia/Riyadh',
    'akst akdt': 'America/Anchorage America/Juneau',
    'hst hdt': 'Pacific/Honolulu America/Adak',
    'nst ndt': 'America/St_Johns',
    bst: 'Europe/London Asia/Dhaka Pacific/Bougainville',
    ist: 'Asia/Kolkata Europe/Dublin Asia/Jerusalem',
    'cet cest met': 'Europe/Paris Europe/Berlin Europe/Madrid Europe/Rome Europe/Warsaw Africa/Algiers',
    'eet eest': 'Europe/Athens Europe/Helsinki Europe/Bucharest Europe/Kyiv Africa/Cairo',
    'wet west': 'Europe/Lisbon Atlantic/Canary Atlantic/Faroe',
    msk: 'Europe/Moscow Europe/Simferopol',
    wat: 'Africa/Lagos',
    cat: 'Africa/Maputo',
    eat: 'Africa/Nairobi',
    sast: 'Africa/Johannesburg',
    jst: 'Asia/Tokyo',
    kst: 'Asia/Seoul Asia/Pyongyang',
    'aet aest aedt': 'Australia/Sydney Australia/Melbourne Australia/Hobart Australia/Brisbane',
    'acst acdt': 'Australia/Adelaide Australia/Darwin Australia/Broken_Hill',
    awst: 'Australia/Perth',
    'nzt nzst nzdt': 'Pacific/Auckland',
    samoa: 'Pacific/Apia Pacific/Pago_Pago',
  }).flatMap(([keys, zones]) => keys.split(' ').map(key => [key, zones.split(' ')] as const)),
)
