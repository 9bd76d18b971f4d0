import { expect, test } from 'vitest'
import { textProblems } from './texts.ts'

const problemsIn = (path: string, text: string) => textProblems(new Map([[path, text]]))
const joined = (...parts: string[]) => parts.join('')

test.each([
  ['README.md', joined('/ho', 'me/ann/kaibo')],
  ['a.ts', joined("open('/ro", "ot/.cache/x')")],
  ['.npmrc', joined('registry=https://registry', '.npmjs.org/')],
  ['package-lock.json', joined('"resolved', '": "https://example.org/a.tgz"')],
  ['a.md', joined('<<<<', '<<< HEAD')],
  ['a.ts', joined('// TO', 'DO later')],
])('%s may not say %s', (path, text) => {
  expect(problemsIn(path, text)).toHaveLength(1)
})

test('ordinary texts pass', () => {
  expect(
    problemsIn('README.md', 'Set KAIBO_DATA_DIR to /var/lib/kaibo; see ./docs/work/notes.'),
  ).toEqual([])
})
