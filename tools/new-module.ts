import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { repoRoot } from './lib/repo.ts'

/** The files of a new module: the smallest that the guards accept, to be filled with meaning. */
export function moduleFiles(noun: string): Readonly<Record<string, string>> {
  const Noun = noun.charAt(0).toUpperCase() + noun.slice(1)
  return {
    'README.md': `# ${noun}

What the module is for, in one sentence.

## Words

## Invariants

Each is named by a test.

## Events

In: none. Out: none.
`,
    'index.ts': `export type ${Noun}Needs = Record<never, never>

/** What others may ask of ${noun}. */
export type ${Noun} = Record<never, never>

export const create${Noun} = (_needs: ${Noun}Needs): ${Noun} => ({})
`,
    [`${noun}.test.ts`]: `import { expect, test } from 'vitest'
import { create${Noun} } from './index.ts'

test('${noun} asks nothing of others yet', () => {
  expect(create${Noun}({})).toEqual({})
})
`,
  }
}

function main([noun = '']: readonly string[]): void {
  const folder = join(repoRoot, 'modules', noun)
  if (!/^[a-z]+$/.test(noun)) throw new Error('usage: node tools/new-module.ts NOUN (lower case)')
  if (existsSync(folder)) throw new Error(`modules/${noun} exists`)
  mkdirSync(folder)
  for (const [name, text] of Object.entries(moduleFiles(noun)))
    writeFileSync(join(folder, name), text)
  console.log(
    `modules/${noun} is there. Next: its line in modules/map.ts, its contract, its compose/ layer.`,
  )
}

if (import.meta.main) main(process.argv.slice(2))
