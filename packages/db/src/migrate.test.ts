import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { testDatabase } from '@kaibo/testkit/database'
import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { type MigrationSource, migrate, migrationSources, pendingMigrations } from './migrate.ts'

const root = await mkdtemp(join(tmpdir(), 'kaibo-migrate-'))
afterAll(() => rm(root, { recursive: true }))

type Files = Readonly<Record<string, string>>

/** Writes a source tree: `{ 'shop/202601010000-shop': 'create table …' }`. */
async function sourcesOf(name: string, files: Files): Promise<MigrationSource[]> {
  for (const [path, text] of Object.entries(files)) {
    const [module = '', file] = path.split('/')
    const dir = join(root, name, 'modules', module, 'migrations')
    await mkdir(dir, { recursive: true })
    await writeFile(join(dir, `${file}.sql`), text)
  }
  const sources = await migrationSources(join(root, name))
  return sources.filter(source => source.module !== 'db')
}

const tablesOf = async (database: Awaited<ReturnType<typeof empty>>['database']) => {
  const rows = await database.query<{ name: string }>(
    '',
    `select tablename as name from pg_tables where schemaname = 'public' order by 1`,
    [],
  )
  return rows.map(row => row.name)
}
const empty = () => testDatabase({ from: 'empty' })

const first = await empty()
const second = await empty()
const third = await empty()

test('files are applied once, by time and then module, across folders', async () => {
  const { database } = first
  const sources = await sourcesOf('order', {
    'shop/202601020000-shop': 'create table shop (id int primary key)',
    'catalog/202601020000-product': 'create table product (id int primary key)',
    'shop/202601030000-member': 'create table member (shop_id int references shop); select 1;',
    'catalog/202601010000-brand': 'create table brand (id int)',
  })
  const all = [
    'catalog/202601010000-brand',
    'catalog/202601020000-product',
    'shop/202601020000-shop',
    'shop/202601030000-member',
  ]
  expect(await pendingMigrations(database, sources)).toEqual(all)
  expect(await migrate(database, sources)).toEqual(all)
  expect(await migrate(database, sources)).toEqual([])
  expect(await pendingMigrations(database, sources)).toEqual([])
  expect(await migrate(database, [])).toEqual([])
})

test('an applied file that was changed is named and nothing else is applied', async () => {
  const { database } = first
  const sources = await sourcesOf('order', {
    'shop/202601020000-shop': 'create table shop (id bigint primary key)',
    'shop/202601040000-later': 'create table later ()',
  })
  await expect(migrate(database, sources)).rejects.toThrow('shop/202601020000-shop was changed')
  expect(await tablesOf(database)).not.toContain('later')
})

test('a failing file leaves nothing of itself, and what came before it stays', async () => {
  const { database } = second
  const sources = await sourcesOf('failing', {
    'shop/202601010000-good': 'create table good ()',
    'shop/202601020000-bad': 'create table half (); select 1 / 0;',
  })
  await expect(migrate(database, sources)).rejects.toThrow(
    'shop/202601020000-bad failed: division by zero (22012)',
  )
  expect(await tablesOf(database)).toEqual(['good', 'schema_migration'])
  expect(await pendingMigrations(database, sources)).toEqual(['shop/202601020000-bad'])
})

test('a file with another kind of name is refused', async () => {
  const sources = await sourcesOf('names', { 'shop/1-shop': 'select 1' })
  await expect(migrate(second.database, sources)).rejects.toThrow('shop/1-shop.sql is not named')
})

test('a migration gives up on a locked table instead of making everybody queue behind it', async () => {
  const { database, connect } = second
  const sources = await sourcesOf('locked', {
    'shop/202601010000-good': 'create table good ()',
    'shop/202601090000-alter': 'alter table good add column id int',
  })
  await connect().tx(async tx => {
    await sql`lock table good`.execute(tx)
    await expect(migrate(database, sources)).rejects.toThrow('55P03')
  })
  expect(await migrate(database, sources)).toEqual(['shop/202601090000-alter'])
})

test('processes that boot together apply each file once', async () => {
  await sourcesOf('race', {
    'shop/202601010000-shop': 'create table shop (id int); select pg_sleep(0.3)',
    'shop/202601020000-row': 'insert into shop values (1)',
  })
  const program = join(import.meta.dirname, 'fixtures/migrating-process.ts')
  const applied: string[][] = []
  const boot = async () => {
    const child = fork(program, [third.url, join(root, 'race')])
    child.on('message', (names: string[]) => applied.push(names))
    const [code] = await once(child, 'exit')
    expect(code).toBe(0)
  }
  await Promise.all([boot(), boot(), boot()])
  expect(applied.flat()).toEqual(['shop/202601010000-shop', 'shop/202601020000-row'])
  expect(await third.database.query('', 'select id from shop', [])).toEqual([{ id: 1 }])
})
