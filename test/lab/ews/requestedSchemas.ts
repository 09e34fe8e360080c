/** The named values of RequestServerVersion in the order of their appearance (types.xsd, ExchangeVersionType). */
export const requestedSchemas: readonly string[] = [
  'Exchange2007',
  'Exchange2007_SP1',
  'Exchange2010',
  'Exchange2010_SP1',
  'Exchange2010_SP2',
  'Exchange2013',
  'Exchange2013_SP1',
  'Exchange2015',
  'Exchange2016',
];
