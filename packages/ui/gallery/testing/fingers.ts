import type { Page } from 'playwright-core'

/** Names of the controls that a finger cannot hit on 44 × 44 px. */
export function smallTargets(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const reach = 21
    const controls = [...document.querySelectorAll('main :is(button, a, select)')]
    return controls.flatMap(control => {
      control.scrollIntoView({ block: 'center', behavior: 'instant' })
      const box = control.getBoundingClientRect()
      const x = box.left + box.width / 2
      const y = box.top + box.height / 2
      const isHit = [y - reach, y + reach].every(edge => {
        const hit = document.elementFromPoint(x, edge)
        return control === hit || control.contains(hit)
      })
      const name = control.textContent || control.ariaLabel || control.tagName
      return isHit && box.width >= 44 ? [] : [name]
    })
  })
}

/** A straight pull of one finger. */
export async function swipe(page: Page, path: { x: number; from: number; to: number }) {
  const session = await page.context().newCDPSession(page)
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', y?: number) =>
    session.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: y === undefined ? [] : [{ x: path.x, y }],
    })
  await touch('touchStart', path.from)
  for (let step = 1; step <= 6; step++) {
    await touch('touchMove', path.from + ((path.to - path.from) * step) / 6)
  }
  await touch('touchEnd')
}
