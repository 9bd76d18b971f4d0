import type { Locator, Page } from 'playwright-core'

export type { Locator, Page }

const patienceMs = 30_000

/** Waits for something to be on the page; throws with its name when it does not come. */
export const sees = (what: Locator, withinMs = patienceMs): Promise<void> =>
  what.first().waitFor({ state: 'visible', timeout: withinMs })

/** Waits for something to leave the page. */
export const seesNoMore = (what: Locator, withinMs = patienceMs): Promise<void> =>
  what.first().waitFor({ state: 'hidden', timeout: withinMs })
