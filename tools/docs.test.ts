import { posix } from 'node:path'
import { api } from '@kaibo/contract/api'
import { openApi } from '@kaibo/contract/core/openapi'
import { roles } from '@kaibo/contract/core/permissions'
import { shelfStates } from '@kaibo/contract/goods/catalog'
import { movementReasons } from '@kaibo/contract/goods/stock'
import { liveStates } from '@kaibo/contract/show/live'
import { closeReasons, orderStates } from '@kaibo/contract/trade/order'
import { paymentStates } from '@kaibo/contract/trade/pay'
import { expect, test } from 'vitest'
import { commands } from '../apps/server/src/cli/commands.ts'
import { settings } from '../apps/server/src/config.ts'
import { type Files, git, readRepo, repoRoot } from './lib/repo.ts'

const files = readRepo()
const paths = git(repoRoot, 'ls-files', '-z', '--cached', '--others', '--exclude-standard')
  .split('\0')
  .filter(Boolean)
const pages: Files = new Map([...files].filter(([path]) => path.endsWith('.md')))
const twins = ['README.md', 'README.zh-CN.md'] as const
const textOf = (path: string) => files.get(path) ?? ''

const fence = /^```[\s\S]*?^```/gm
const codeBlocks = (text: string) => text.match(fence) ?? []
const prose = (text: string) => text.replaceAll(fence, '').replaceAll(/`[^`\n]*`/g, '')
const headings = (text: string) => text.replaceAll(fence, '').match(/^#+ .+$/gm) ?? []

/** The anchor that GitHub gives a heading. */
const anchorOf = (heading: string) =>
  heading
    .replace(/^#+ /, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(/\s/g, '-')

const linksOf = (text: string) =>
  [...prose(text).matchAll(/\]\(([^)\s]+)\)|(?:src|href|srcset)="([^"]+)"/g)]
    .map(match => match[1] ?? match[2] ?? '')
    .filter(link => !/^(https?:|mailto:)/.test(link))

/** Relative links that lead nowhere, as `page: link`. `known` are the paths of the repository. */
function deadLinks(texts: Files, known: readonly string[]): string[] {
  const places = new Set(known.flatMap(path => [path, ...foldersOf(path)]))
  const isDead = (from: string, link: string) => {
    const [target = '', anchor] = link.split('#', 2)
    const path = target === '' ? from : posix.join(posix.dirname(from), target).replace(/\/$/, '')
    if (!places.has(path)) return true
    const page = texts.get(path)
    return Boolean(anchor && page && !headings(page).map(anchorOf).includes(anchor))
  }
  return [...texts].flatMap(([from, text]) =>
    linksOf(text)
      .filter(link => isDead(from, link))
      .map(link => `${from}: ${link}`),
  )
}

function foldersOf(path: string): string[] {
  const parts = path.split('/').slice(0, -1)
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'))
}

test('every relative link of every page resolves', () => {
  expect(pages.size).toBeGreaterThan(20)
  expect(deadLinks(pages, paths)).toEqual([])
})

test('a link to a missing file or heading is found', () => {
  const texts = new Map([
    ['a.md', '# One two\n[b](docs/b.md) [c](docs/c.md) [own](#one-two) [none](#three)\n`[x](x)`'],
    ['docs/b.md', '[up](../a.md#one-two) <img src="no.png">'],
  ])
  expect(deadLinks(texts, [...texts.keys()])).toEqual([
    'a.md: docs/c.md',
    'a.md: #three',
    'docs/b.md: no.png',
  ])
})

test('the page of modules names every module', () => {
  const modules = new Set(paths.map(path => /^modules\/([^/]+)\/index\.ts$/.exec(path)?.[1]))
  modules.delete(undefined)
  expect(modules.size).toBeGreaterThan(10)
  const page = textOf('docs/modules.md')
  expect([...modules].filter(noun => !page.includes(`[${noun}](../modules/${noun}/`))).toEqual([])
})

test('the page of decisions names every decision, each within its 40 lines', () => {
  const decisions = paths.filter(path => /^docs\/adr\/\d{4}-.+\.md$/.test(path))
  const index = textOf('docs/adr/README.md')
  expect(decisions.filter(path => !index.includes(`(${posix.basename(path)})`))).toEqual([])
  expect(decisions.filter(path => textOf(path).trimEnd().split('\n').length > 40)).toEqual([])
})

test('the glossary has a line for every noun and every state of the contract', () => {
  const rows = textOf('docs/glossary.md').match(/^\|.+\|$/gm) ?? []
  const inCode = rows.map(row => row.split('|')[3] ?? '').join()
  const schemas = JSON.parse(JSON.stringify(openApi({ version: '0' }))).components.schemas
  const words = [
    ...Object.keys(api),
    ...Object.keys(schemas),
    ...[roles, liveStates, orderStates, closeReasons, paymentStates, shelfStates, movementReasons],
  ].flat()
  expect(words.filter(word => !inCode.includes(`\`${word}\``))).toEqual([])
})

test('the README and its Chinese twin have the same headings and the same code', () => {
  const [english, chinese] = twins.map(textOf)
  const levels = (text = '') => headings(text).map(heading => heading.indexOf(' '))
  expect(levels(english).length).toBeGreaterThan(5)
  expect(levels(chinese)).toEqual(levels(english))
  expect(codeBlocks(chinese ?? '')).toEqual(codeBlocks(english ?? ''))
})

test.each(twins)('%s names only settings, commands and benches that exist', path => {
  const text = textOf(path)
  const named = (pattern: RegExp) => [...text.matchAll(pattern)].map(match => match[1] ?? '')
  const { scripts } = JSON.parse(textOf('package.json'))
  expect(named(/\b(KAIBO_\w+)/g).filter(name => !(name in settings))).toEqual([])
  expect(named(/\bkaibo ([a-z-]+)/g).filter(name => !(name in commands))).toEqual([])
  expect(named(/\bnpm run ([a-z]+)/g).filter(name => !(name in scripts))).toEqual([])
  const benches = named(/\bnpm run bench -- ([a-z]+)/g)
  expect(benches.filter(name => !paths.includes(`bench/${name}/run.ts`))).toEqual([])
})

test.each(twins)('%s gives settings the defaults that they have', path => {
  const rows = [...textOf(path).matchAll(/^\| `([A-Z_]+)` \| (?:`([^`]+)` )?\| /gm)]
  expect(rows.length).toBeGreaterThan(5)
  const known: Readonly<Record<string, { fallback: string }>> = settings
  for (const [, name = '', fallback = ''] of rows)
    expect([name, known[name]?.fallback]).toEqual([name, fallback])
})
