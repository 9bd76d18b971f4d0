import { median, percentile, reporter } from '../lib/report.ts'
import { cartSource } from './carts.ts'
import { findPgbench, openPgbench, probeFsyncMs, rowFloor } from './peers.ts'
import { newSkus, openSite } from './site.ts'
import * as trials from './trials.ts'

const roundCount = 3
const skuCount = 10_000
const pools = [4, 16]
const sec = Math.ceil(trials.segmentMs / 1_000)

const report = reporter('placement', `fsync on, ${trials.segmentMs} ms each, one interleaved run`)
const site = await openSite()
const program = findPgbench()
const pgbench = program ? await openPgbench(site, program) : undefined
if (!pgbench) process.stdout.write('{"bench":"placement","skipped":"pgbench: not installed"}\n')
const skus = await newSkus(site, { count: skuCount, stock: 100_000 })
const nextCart = await cartSource(site, skus)
await site.database.query('', 'vacuum analyze', [])

const rounds = new Map<string, number[]>()
const note = (name: string, value: number) => rounds.set(name, [...(rounds.get(name) ?? []), value])

/** Ours, and the peers beside it, once. */
async function round(): Promise<void> {
  note('fdatasync', probeFsyncMs(site))
  for (const clients of [64, 512]) {
    const tries: number[] = []
    for (const poolMax of pools)
      tries.push((await trials.hotNaive(site, { clients, poolMax })).perSec)
    note(`naive ${clients}`, Math.max(...tries))
    const lane = await trials.hotLane(site, clients)
    note(`lane ${clients}`, lane.perSec)
    note(`lane ${clients} p50`, percentile(lane.latenciesMs, 0.5))
    note(`lane ${clients} p99`, percentile(lane.latenciesMs, 0.99))
    const ours = await trials.hotOurs(site, clients)
    note(`hot ${clients}`, ours.perSec)
    note(`hot ${clients} p50`, percentile(ours.latenciesMs, 0.5))
    note(`hot ${clients} p99`, percentile(ours.latenciesMs, 0.99))
  }
  if (pgbench) {
    const tps = [await pgbench.tps({ clients: 16, sec }), await pgbench.tps({ clients: 64, sec })]
    note('pgbench -N', Math.max(...tps))
    const statement = 'update pgbench_accounts set abalance = abalance - 1 where aid = 1;'
    note('pgbench, one hot row', await pgbench.tps({ clients: 64, sec, statement }))
  }
  note('floor', await rowFloor(site, trials.segmentMs))
  note('plain carts', (await trials.cartsPlain(site, nextCart)).perSec)
  note('carts', (await trials.cartsOurs(site, nextCart)).perSec)
  const flash = await trials.flashSale(site)
  note('flash', flash.perSec)
  note('flash p50', percentile(flash.latenciesMs, 0.5))
  note('flash p99', percentile(flash.latenciesMs, 0.99))
  note('http memory', (await trials.overHttp(site, 'memory')).perSec)
  const http = await trials.overHttp(site, 'database')
  note('http', http.perSec)
  note('http p99', http.p99Ms)
}

for (let at = 0; at < roundCount; at++) await round()
await site.stop()

const of = (name: string) => rounds.get(name) ?? []

/** The median, beside the peer; the ratio is the median of the rounds' ratios. */
function tell(metric: string, name: string, { unit = 'orders/s', peer = '' } = {}): void {
  const values = of(name)
  const ratios = values.map((value, at) => value / (of(peer)[at] ?? Number.NaN))
  const value = median(values)
  const beside = of(peer).length > 0 ? { peer: { name: peer, value: value / median(ratios) } } : {}
  report({ metric, value, unit, runs: values.length, ...beside })
}

tell('probe.fdatasync', 'fdatasync', { unit: 'ms' })
for (const clients of [64, 512]) {
  for (const peer of [`naive ${clients}`, 'pgbench -N', 'pgbench, one hot row', 'floor'])
    tell(`lane.${clients}_clients`, `lane ${clients}`, { peer })
  for (const share of ['p50', 'p99'])
    tell(`lane.${clients}_clients.${share}`, `lane ${clients} ${share}`, { unit: 'ms' })
  tell(`hot_sku.${clients}_clients`, `hot ${clients}`, { peer: `naive ${clients}` })
  for (const share of ['p50', 'p99'])
    tell(`hot_sku.${clients}_clients.${share}`, `hot ${clients} ${share}`, { unit: 'ms' })
}
tell('mixed_carts.64_clients', 'carts', { peer: 'plain carts' })
tell('flash_sale.2000_of_20000', 'flash')
for (const share of ['p50', 'p99'])
  tell(`flash_sale.winners.${share}`, `flash ${share}`, { unit: 'ms' })
tell('http.256_connections', 'http', { peer: 'http memory' })
tell('http.256_connections.p99', 'http p99', { unit: 'ms' })
