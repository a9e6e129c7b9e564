/** Where a vendor's record turns from buy to watch to stop, each limit with its reason. */

export const VENDOR_LIMITS = {
  /**
   * A carrier also intercepts postage that was paid for, and a number can be cloned, so one strong case is a question.
   * Three are a pattern.
   */
  criticalLabelsToStop: 3,
  /** Or the share of such labels among those the carrier answered for: surely over one in a hundred. */
  criticalShareToStop: 0.01,
  /** Medium findings happen to everybody; surely one label in twenty is a habit. */
  mediumShareToWatch: 0.05,
  /** The same for findings of any weight that somebody pays for. */
  anyShareToWatch: 0.1,
  /** Below half, what was not looked at could outweigh what was. */
  answeredShareToBuy: 0.5,
  ratedShareToBuy: 0.5,
  /** Twenty clean answers still leave room for a share of 16 %; fewer say nothing. */
  answersToBuy: 20,
} as const;

/** When less was looked at than before, so that nobody takes it for an all-clear. */
export const COVERAGE_LIMITS = {
  /** A week is the same mix of weekdays each day: labels of a weekend are answered for later than others. */
  recentDays: 7,
  /** Points of a hundred: less is the coming and going of a week. */
  pointsToFall: 10,
  /** A share of fewer labels swings by more than that from day to day. */
  labelsToCompare: 20,
  /** A fall that nobody mended for a month is how it is now; the other limits still hold. */
  rememberDays: 30,
} as const;

/** When a charge is so low that no other lawful way of selling the label explains it, each limit with its reason. */
export const PRICING_LIMITS = {
  /** Resellers have been seen up to 18 % under the published price of what they sold. */
  explainedShareOfFloor: 0.8,
  /** Where the floor is not known: so far under the cheapest price a product is published at at all. */
  explainedShareOfCheapestCell: 0.7,
} as const;

/** When people dismiss so much of what a rule finds that the rule itself is to be looked at. */
export const FALSE_POSITIVE_LIMITS = {
  /** Fewer decisions may all be about one odd vendor or one day. */
  decisionsToFlag: 10,
  /** Surely over a third: then a reader expects the next finding to be one more of those, and stops reading. */
  dismissedShareToFlag: 1 / 3,
} as const;
