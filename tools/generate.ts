import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { openApi } from '@kaibo/contract/core/openapi'
import { clientRoutes } from './gen-client.ts'
import { repoRoot, report } from './lib/repo.ts'
import { moduleGraph } from './module-graph.ts'
import { settingsTable } from './settings-table.ts'

/** Every generated file with what makes its text. */
const generators: Readonly<Record<string, () => string | Promise<string>>> = {
  'packages/client/src/routes.gen.ts': () => clientRoutes(),
  'docs/openapi.json': apiDocument,
  'docs/modules.md': () => moduleGraph(),
  'docs/settings.md': () => settingsTable(),
}

async function apiDocument(): Promise<string> {
  const { version } = JSON.parse(await readFile(join(repoRoot, 'package.json'), 'utf8'))
  return `${JSON.stringify(openApi({ version }), null, 2)}\n`
}

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(repoRoot, path)), { recursive: true })
  await writeFile(join(repoRoot, path), text)
}

const isCheck = process.argv.includes('--check')
const problems: string[] = []
for (const [path, make] of Object.entries(generators)) {
  const text = await make()
  const current = await readFile(join(repoRoot, path), 'utf8').catch(() => undefined)
  if (text === current) continue
  if (isCheck) problems.push(`${path} is not current: run \`npm run gen\``)
  else await write(path, text)
}
report(problems)
