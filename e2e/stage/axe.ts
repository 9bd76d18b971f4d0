import axe from 'axe-core'
import type { Page } from 'playwright-core'

/** Serious and critical findings of axe on the page as it is now, with where they are: empty is well. */
export async function axeFindings(page: Page): Promise<string[]> {
  await page.evaluate(axe.source)
  return page.evaluate(async () => {
    // Put there by the line above.
    const run: unknown = Reflect.get(window, 'axe')
    const { violations } = await (run as typeof axe).run(document, {
      resultTypes: ['violations'],
    })
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`))
  })
}
