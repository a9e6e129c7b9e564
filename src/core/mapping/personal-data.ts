/** Tells by its header whether a column is about a person. What is not needed is not kept, so doubt means yes. */

export interface PersonalDataLists {
  /** A header that is one of these is personal. */
  exact: readonly string[];
  /** A header with one of these in it is personal. */
  containing: readonly string[];
  /** A header with one of these in it tells of a party to the shipment, and is personal... */
  parties: readonly string[];
  /** ... unless one of these is in it too: a recipient's ZIP is no person. */
  places: readonly string[];
}

/** The test of a header by the lists; case, width, accents, spaces and punctuation do not matter. */
export function personalDataTest(lists: PersonalDataLists): (header: string) => boolean {
  const exact = new Set(lists.exact.map(plainHeader));
  const containing = lists.containing.map(plainHeader);
  const parties = lists.parties.map(plainHeader);
  const places = lists.places.map(plainHeader);
  return (header) => {
    const name = plainHeader(header);
    const holds = (part: string) => name.includes(part);
    return exact.has(name) || containing.some(holds) || (parties.some(holds) && !places.some(holds));
  };
}

/** The form in which headers are compared: accents come apart from their letters and fall away with the punctuation. */
export function plainHeader(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '');
}
