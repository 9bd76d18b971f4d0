import { readFile } from 'node:fs/promises'
import { stripTypeScriptTypes } from 'node:module'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** An empty page that can `import` our sources by their paths, without their types: no server, no build. */
export async function openSources(page: Page): Promise<void> {
  await page.route('http://localhost/**', async route => {
    const { pathname } = new URL(route.request().url())
    if (!pathname.endsWith('.ts')) {
      return route.fulfill({ contentType: 'text/html', body: '<!doctype html>' })
    }
    const source = await readFile(`${root}${pathname}`, 'utf8')
    await route.fulfill({ contentType: 'text/javascript', body: stripTypeScriptTypes(source) })
  })
  await page.goto('http://localhost/')
}
