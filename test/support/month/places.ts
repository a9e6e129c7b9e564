/** Towns the made-up parcels travel between: real ZIP codes, so that zones are real. */
export interface Town {
  city: string;
  state: string;
  zip: string;
}

const lines = `Los Angeles,CA,90058
San Diego,CA,92101
San Francisco,CA,94103
Sacramento,CA,95814
Las Vegas,NV,89101
Phoenix,AZ,85004
Albuquerque,NM,87102
Denver,CO,80202
Salt Lake City,UT,84101
Boise,ID,83702
Portland,OR,97204
Seattle,WA,98104
Billings,MT,59101
Minneapolis,MN,55401
Kansas City,MO,64106
Saint Louis,MO,63101
Chicago,IL,60607
Detroit,MI,48226
Nashville,TN,37203
New Orleans,LA,70112
Dallas,TX,75201
Houston,TX,77002
Atlanta,GA,30303
Miami,FL,33130
Charlotte,NC,28202
Philadelphia,PA,19104
New York,NY,10001
Boston,MA,02108
Portland,ME,04101
Honolulu,HI,96813
Anchorage,AK,99501`;

export const TOWNS: readonly Town[] = lines.split('\n').map((line) => {
  const [city = '', state = '', zip = ''] = line.split(',');
  return { city, state, zip };
});

/** The seller's two warehouses. */
export const WAREHOUSES: readonly Town[] = [
  { city: 'Los Angeles', state: 'CA', zip: '90058' },
  { city: 'Edison', state: 'NJ', zip: '08817' },
];

/** The town of a ZIP code of the list. */
export function town(zip: string): Town {
  const found = TOWNS.find((place) => place.zip === zip);
  if (!found) throw new Error(`no town has the ZIP ${zip}`);
  return found;
}
