import { execFile } from 'node:child_process'
import {
  closeSync,
  existsSync,
  fdatasyncSync,
  mkdtempSync,
  openSync,
  readdirSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { newId } from '@kaibo/kernel/ids'
import pg from 'pg'
import type { Site } from './site.ts'

const run = promisify(execFile)
const debian = '/usr/lib/postgresql'

/** Where pgbench is; undefined when it is not installed. */
export function findPgbench(): string | undefined {
  if (!existsSync(debian)) return undefined
  const places = readdirSync(debian).map(version => join(debian, version, 'bin/pgbench'))
  return places.findLast(existsSync)
}

export type Pgbench = {
  /** Transactions per second of `pgbench -N`, or of the one statement. */
  tps(load: { clients: number; sec: number; statement?: string }): Promise<number>
}

/** Its tables lie in a database of their own on the same server. */
export async function openPgbench(site: Site, program: string): Promise<Pgbench> {
  const url = new URL(site.url)
  const host = url.searchParams.get('host') ?? ''
  await site.database.query('', 'create database pgbench', [])
  const at = ['-h', host, '-U', url.username]
  await run(program, ['-q', '-i', '-s', '10', ...at, 'pgbench'])
  const dir = mkdtempSync('/tmp/kaibo-pgbench-')
  return {
    tps: async ({ clients, sec, statement }) => {
      const file = join(dir, 'statement.sql')
      if (statement) {
        const fd = openSync(file, 'w')
        writeSync(fd, statement)
        closeSync(fd)
      }
      const what = statement ? ['-n', '-f', file] : ['-N']
      const load = ['-M', 'prepared', '-c', String(clients), '-j', '2', '-T', String(sec)]
      const { stdout } = await run(program, [...what, ...load, ...at, 'pgbench'])
      return Number(/tps = ([\d.]+)/.exec(stdout)?.[1] ?? Number.NaN)
    },
  }
}

const rowsPerCommit = 500

/** Orders per second when nothing is decided: their rows, 500 orders a commit, one connection. */
export async function rowFloor(site: Site, ms: number): Promise<number> {
  const client = new pg.Client({ connectionString: site.url })
  await client.connect()
  const skuId = newId()
  const startMs = performance.now()
  let count = 0
  for (; performance.now() - startMs < ms; count += rowsPerCommit) {
    const ids = Array.from({ length: rowsPerCommit }, newId)
    await client.query('begin')
    for (const [name, text] of Object.entries(floorTexts))
      await client.query({ name, text, values: [ids, skuId] })
    await client.query('commit')
  }
  const perSec = (count * 1_000) / (performance.now() - startMs)
  await client.query('delete from stock_movement where sku_id = $1', [skuId])
  await client.query(`delete from order_line where sku_id = $1`, [skuId])
  await client.query(`delete from order_header where note = 'floor'`)
  await client.end()
  return perSec
}

const floorTexts = {
  header: `insert into order_header (id, number, request_hash, buyer_id, shop_id, checkout_id, state,
      items_fen, shipping_fen, payable_fen, receiver_sealed, note, source_kind, created_at, expires_at)
    select id, id, id, id, $2, id, 'pending', 100, 0, 100, repeat('x', 170), 'floor', 'shop', now(), now()
    from unnest($1::uuid[]) id`,
  line: `insert into order_line (id, order_id, position, product_id, sku_id, title, spec,
      list_price_fen, unit_price_fen, quantity, payable_fen)
    select id, id, 0, $2, $2, '龙井春茶', '{}', 100, 100, 1, 100 from unnest($1::uuid[]) id`,
  movement: `insert into stock_movement (sku_id, reason, cause_id, on_hand_delta, reserved_delta,
      on_hand_after, reserved_after)
    select $2, 'hold', id, 0, 1, 0, 0 from unnest($1::uuid[]) id`,
  limit: `insert into placement_limit (limit_id, buyer_id, quantity)
    select $2, id, 1 from unnest($1::uuid[]) id`,
}

const probeCount = 200

/** Median milliseconds of an 8 kB write with fdatasync, beside the database. */
export function probeFsyncMs({ dataDir }: Site): number {
  const dir = mkdtempSync(join(dataDir, '..', 'probe-'))
  const fd = openSync(join(dir, 'probe'), 'w')
  const block = Buffer.alloc(8_192)
  const times: number[] = []
  for (let at = 0; at < probeCount; at++) {
    const startMs = performance.now()
    writeSync(fd, block)
    fdatasyncSync(fd)
    times.push(performance.now() - startMs)
  }
  closeSync(fd)
  rmSync(dir, { recursive: true })
  return times.toSorted((a, b) => a - b)[probeCount / 2] ?? Number.NaN
}
