/** The folder in which the service keeps what is not in the database. */

export class DataDir {
  /** Absolute; may not exist yet. */
  constructor(readonly path: string) {}
}
