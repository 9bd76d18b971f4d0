import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Database, openDatabase } from '@kaibo/db/database'
import { startEmbeddedPostgres } from '@kaibo/db/embedded'
import { migrate, migrationSources } from '@kaibo/db/migrate'
import type { Id } from '@kaibo/kernel/ids'
import { createSearch, type Search } from '@kaibo/modules/search'
import { ctxOf, visitor } from '@kaibo/testkit/people'
import { sql } from 'kysely'
import { percentile, reporter } from '../lib/report.ts'
import { fillCatalogue, makeSamples, type Sample } from './catalogue.ts'
import { createPeer } from './peer.ts'
import { type Labelled, queries } from './queries.ts'
import { cardsByIds, listings } from './shop.ts'

const productCount = Number(process.argv[2] ?? 100_000)
const roundCount = 5
const listMax = 20
const report = reporter('search', `${productCount} products`)
const anybody = ctxOf(visitor)
const peerName = "title ilike '%q%'"

/** Runs `use` on a PostgreSQL of its own with the whole schema. */
async function withDatabase(use: (database: Database) => Promise<void>): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'kaibo-bench-search-'))
  chmodSync(dir, 0o711)
  const server = await startEmbeddedPostgres({ dataDir: join(dir, 'postgres') })
  const database = openDatabase({ url: server.url, statementTimeoutMs: 600_000 })
  try {
    await migrate(database, await migrationSources(join(import.meta.dirname, '../..')))
    await use(database)
  } finally {
    await database.close()
    await server.stop()
    rmSync(dir, { recursive: true, force: true })
  }
}

/** The share of what the shopper wants among the first rows, of what could be there. */
function recallOf(found: readonly Id[], wanted: ReadonlySet<Id>): number {
  const hitCount = found.filter(id => wanted.has(id)).length
  return wanted.size === 0 ? Number.NaN : hitCount / Math.min(listMax, wanted.size)
}

const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length

async function msOf<T>(run: () => Promise<T>): Promise<{ ms: number; value: T }> {
  const startedAt = performance.now()
  const value = await run()
  return { ms: performance.now() - startedAt, value }
}

type Asked = { query: Labelled; ours: Id[]; theirs: Id[] }

/** Every query in turn, ours and the peer's next to each other. */
async function ask(search: Search, peer: (text: string) => Promise<Id[]>) {
  const times = { ours: [] as number[], theirs: [] as number[], facets: [] as number[] }
  const asked: Asked[] = []
  for (let round = 0; round <= roundCount; round += 1) {
    for (const query of queries) {
      const q = query.text
      const ours = await msOf(() => search.handlers.products(anybody, { q, limit: listMax }))
      const theirs = await msOf(() => peer(q))
      const facets = await msOf(() => search.handlers.facets(anybody, { q }))
      if (round === 0) {
        const ids = ours.value.items.map(hit => hit.product.id)
        asked.push({ query, ours: ids, theirs: theirs.value })
        continue
      }
      times.ours.push(ours.ms)
      times.theirs.push(theirs.ms)
      times.facets.push(facets.ms)
    }
  }
  return { times, asked }
}

function reportRecall(asked: readonly Asked[], samples: readonly Sample[]): void {
  const rows = asked.map(({ query, ours, theirs }) => {
    const wanted = new Set(samples.filter(sample => query.wants(sample)).map(sample => sample.id))
    return { query, ours: recallOf(ours, wanted), theirs: recallOf(theirs, wanted) }
  })
  for (const { query, ours } of rows) {
    if (!(ours >= 0.8)) process.stderr.write(`${query.kind} ${query.text}: ${ours.toFixed(2)}\n`)
  }
  const all = [...Map.groupBy(rows, row => row.query.kind), ['all', rows] as const]
  for (const [kind, part] of all) {
    report({
      metric: `recall_at_20.${kind}`,
      value: mean(part.map(row => row.ours)),
      unit: 'share',
      runs: part.length,
      peer: { name: peerName, value: mean(part.map(row => row.theirs)) },
    })
  }
}

await withDatabase(async database => {
  const samples = makeSamples(productCount)
  await fillCatalogue(database, samples)
  const search = createSearch({
    database,
    catalog: { cardsByIds },
    listings,
    order: { soldIn: async () => [] },
  })
  const { ms } = await msOf(() => search.reindex())
  report({ metric: 'index.build', value: ms / 1_000, unit: 's', runs: 1 })
  await sql`vacuum analyze search_document`.execute(database.db)
  for (const table of ['search_document', 'search_term']) {
    const { rows } = await sql<{ bytes: number }>`
      select pg_total_relation_size(${table}::regclass) as bytes`.execute(database.db)
    const bytes = rows[0]?.bytes ?? Number.NaN
    report({ metric: `index.size.${table}`, value: bytes / 2 ** 20, unit: 'MiB', runs: 1 })
  }
  const { times, asked } = await ask(search, createPeer(database, { cardsByIds }, listMax))
  reportRecall(asked, samples)
  for (const share of [0.5, 0.95]) {
    const name = `p${share * 100}`
    const value = percentile(times.ours, share)
    const peer = { name: peerName, value: percentile(times.theirs, share) }
    const runs = times.ours.length
    report({ metric: `page.${name}`, value, unit: 'ms', runs, peer })
    report({ metric: `facets.${name}`, value: percentile(times.facets, share), unit: 'ms', runs })
  }
})
