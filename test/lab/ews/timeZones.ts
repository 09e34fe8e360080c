/** A change of the clock each year: the n-th weekday (-1: the last) of a month at a time of day. */
export interface YearlyChange {
  readonly month: number;
  readonly occurrence: number;
  /** Hours. */
  readonly at: number;
}

export interface TimeZone {
  readonly id: string;
  readonly name: string;
  /** Minutes to add to UTC in winter. */
  readonly offset: number;
  /** Begin and end of summer time, when there is one. */
  readonly summer?: readonly [YearlyChange, YearlyChange];
}

const europe = (at: number): readonly [YearlyChange, YearlyChange] => [
  { month: 3, occurrence: -1, at },
  { month: 10, occurrence: -1, at: at + 1 },
];
const america: readonly [YearlyChange, YearlyChange] = [
  { month: 3, occurrence: 2, at: 2 },
  { month: 11, occurrence: 1, at: 2 },
];
const australia: readonly [YearlyChange, YearlyChange] = [
  { month: 10, occurrence: 1, at: 2 },
  { month: 4, occurrence: 1, at: 3 },
];

/** Windows time zones; a choice of them, with today's rules. */
export const timeZones: readonly TimeZone[] = [
  { id: 'Hawaiian Standard Time', name: '(UTC-10:00) Hawaii', offset: -600 },
  { id: 'Alaskan Standard Time', name: '(UTC-09:00) Alaska', offset: -540, summer: america },
  { id: 'Pacific Standard Time', name: '(UTC-08:00) Pacific Time (US & Canada)', offset: -480, summer: america },
  { id: 'Mountain Standard Time', name: '(UTC-07:00) Mountain Time (US & Canada)', offset: -420, summer: america },
  { id: 'Central Standard Time', name: '(UTC-06:00) Central Time (US & Canada)', offset: -360, summer: america },
  { id: 'Eastern Standard Time', name: '(UTC-05:00) Eastern Time (US & Canada)', offset: -300, summer: america },
  { id: 'Atlantic Standard Time', name: '(UTC-04:00) Atlantic Time (Canada)', offset: -240, summer: america },
  { id: 'SA Eastern Standard Time', name: '(UTC-03:00) Cayenne, Fortaleza', offset: -180 },
  { id: 'UTC', name: '(UTC) Coordinated Universal Time', offset: 0 },
  { id: 'GMT Standard Time', name: '(UTC+00:00) Dublin, Edinburgh, Lisbon, London', offset: 0, summer: europe(1) },
  {
    id: 'W. Europe Standard Time',
    name: '(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna',
    offset: 60,
    summer: europe(2),
  },
  {
    id: 'Romance Standard Time',
    name: '(UTC+01:00) Brussels, Copenhagen, Madrid, Paris',
    offset: 60,
    summer: europe(2),
  },
  {
    id: 'Central Europe Standard Time',
    name: '(UTC+01:00) Belgrade, Bratislava, Budapest, Ljubljana, Prague',
    offset: 60,
    summer: europe(2),
  },
  {
    id: 'FLE Standard Time',
    name: '(UTC+02:00) Helsinki, Kyiv, Riga, Sofia, Tallinn, Vilnius',
    offset: 120,
    summer: europe(3),
  },
  { id: 'South Africa Standard Time', name: '(UTC+02:00) Harare, Pretoria', offset: 120 },
  { id: 'Turkey Standard Time', name: '(UTC+03:00) Istanbul', offset: 180 },
  { id: 'Arabian Standard Time', name: '(UTC+04:00) Abu Dhabi, Muscat', offset: 240 },
  { id: 'India Standard Time', name: '(UTC+05:30) Chennai, Kolkata, Mumbai, New Delhi', offset: 330 },
  { id: 'SE Asia Standard Time', name: '(UTC+07:00) Bangkok, Hanoi, Jakarta', offset: 420 },
  { id: 'China Standard Time', name: '(UTC+08:00) Beijing, Chongqing, Hong Kong, Urumqi', offset: 480 },
  { id: 'Tokyo Standard Time', name: '(UTC+09:00) Osaka, Sapporo, Tokyo', offset: 540 },
  { id: 'AUS Eastern Standard Time', name: '(UTC+10:00) Canberra, Melbourne, Sydney', offset: 600, summer: australia },
];
