import { createHash } from 'node:crypto'
import type { Database } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import { sql } from 'kysely'
import * as goods from './goods.ts'

/** A product with what it is, beside what its title says. */
export type Sample = {
  id: Id
  title: string
  kind: string
  brand: string
  audience: string
  device: string
}

/** A stable id for a name. */
function idOf(name: string): Id {
  const hex = createHash('sha256').update(name).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** Numbers that look random and are the same in every run (mulberry32). */
function createDice(seed: number) {
  let state = seed
  return (sides: number): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % sides
  }
}

export function makeSamples(count: number): Sample[] {
  const roll = createDice(20_261_122)
  const pick = <T>(list: readonly T[]): T => {
    const item = list[roll(list.length)]
    if (item === undefined) throw new Error('an empty list has nothing to pick')
    return item
  }
  return Array.from({ length: count }, (_, index) => {
    const kind = pick(goods.kinds)
    const [brand, audience] = [pick(goods.brands), pick(goods.audiences)]
    const device = kind.path[0] === '数码' ? pick(goods.devices) : ''
    const title = [
      roll(4) > 0 ? brand : '',
      pick(goods.traits),
      pick(goods.materials),
      device,
      pick(kind.names),
      audience && (roll(2) > 0 ? audience : `${audience}款`),
      pick(goods.colours),
      pick(goods.sizes),
    ]
    return {
      id: idOf(`product ${index}`),
      title: title.filter(part => part !== '').join(roll(3) > 0 ? '' : ' '),
      kind: kind.names[0] ?? '',
      brand,
      audience,
      device,
    }
  })
}

const shopId = idOf('shop')
const batchMax = 5_000

/** Writes samples into the tables of the catalogue and of stock, as if they had been made there. */
export async function fillCatalogue(database: Database, samples: readonly Sample[]): Promise<void> {
  await fillNames(database)
  const pathOf = new Map(goods.kinds.map(kind => [kind.names[0], kind.path.map(idOf)]))
  for (let from = 0; from < samples.length; from += batchMax) {
    const rows = samples.slice(from, from + batchMax).map((sample, at) => ({
      ...sample,
      sku_id: idOf(`sku ${from + at}`),
      category_ids: pathOf.get(sample.kind),
      brand_id: idOf(sample.brand),
      price_fen: 990 + (((from + at) * 7919) % 200_000),
      minutes: from + at,
    }))
    await insertProducts(database, JSON.stringify(rows))
  }
  await sql`analyze catalog_product, catalog_sku, stock_level`.execute(database.db)
}

async function fillNames({ db }: Database): Promise<void> {
  const names = JSON.stringify(goods.brands.map(name => ({ id: idOf(name), name })))
  await sql`
    insert into brand_row (id, name, name_en)
    select id, name, '' from jsonb_to_recordset(${names}::jsonb) as brand (id uuid, name text)`.execute(
    db,
  )
  const paths = goods.kinds.flatMap(({ path }) => path.map((_, at) => path.slice(0, at + 1)))
  const nodes = paths.map(path => ({
    id: idOf(path.at(-1) ?? ''),
    name: path.at(-1),
    path: path.map(idOf),
  }))
  await sql`
    insert into category_node (id, parent_id, position, name, name_en, document_type_ids,
      rate_handle, path)
    select distinct on (id) id, path[cardinality(path) - 1], 0, name, '', array[]::uuid[], '', path
    from jsonb_to_recordset(${JSON.stringify(nodes)}::jsonb)
      as node (id uuid, name text, path uuid[])`.execute(db)
}

async function insertProducts({ db }: Database, rows: string): Promise<void> {
  const source = sql`jsonb_to_recordset(${rows}::jsonb) as row (id uuid, title text, sku_id uuid,
    category_ids uuid[], brand_id uuid, price_fen bigint, minutes int)`
  await sql`
    insert into catalog_product (id, shop_id, title, subtitle, description, picture_file_ids, state,
      brand_id, category_id, category_ids, created_at)
    select id, ${shopId}, title, '', '', array[id], 'on_shelf', brand_id,
      category_ids[cardinality(category_ids)], category_ids,
      timestamptz '2026-01-01' + minutes * interval '1 minute' from ${source}`.execute(db)
  await sql`
    insert into catalog_sku (id, product_id, position, spec, price_fen)
    select sku_id, id, 0, '{}', price_fen from ${source}`.execute(db)
  await sql`
    insert into stock_level (sku_id, product_id, shop_id, on_hand)
    select sku_id, id, ${shopId}, minutes % 7 from ${source}`.execute(db)
}
