import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { chmod } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createPersonalData } from '@kaibo/db/crypto'
import { type Database, openDatabase } from '@kaibo/db/database'
import { startEmbeddedPostgres } from '@kaibo/db/embedded'
import { migrate, migrationSources } from '@kaibo/db/migrate'
import { systemClock } from '@kaibo/kernel/clock'
import { must } from '@kaibo/kernel/invariant'
import { createCoupon } from '@kaibo/modules/coupon'
import { type Buyer, createMarket, type Market, type SoldSku } from '@kaibo/testkit/commerce'
import type { Team } from '@kaibo/testkit/people'

const root = fileURLToPath(new URL('../..', import.meta.url))
const bytesOf = (text: string) => createHash('sha256').update(text).digest()

/** The same keys in every process of a bench, so that all can read each other's addresses. */
export const personal = createPersonalData({
  current: 'bench',
  keys: { bench: bytesOf('seal') },
  indexKey: bytesOf('index'),
})

/** A shop with buyers on the embedded PostgreSQL with its production settings: fsync on. */
export type Site = {
  url: string
  dataDir: string
  pid(): number
  database: Database
  market: Market
  team: Team
  buyers: readonly Buyer[]
  stop(): Promise<void>
}

const buyersAtOnce = 20

export async function openSite({ buyerCount = 1_000 } = {}): Promise<Site> {
  const dir = mkdtempSync(join(tmpdir(), 'kaibo-placement-'))
  await chmod(dir, 0o711)
  const dataDir = join(dir, 'postgres')
  const server = await startEmbeddedPostgres({ dataDir })
  const database = openDatabase({ url: server.url, poolMax: 20, statementTimeoutMs: 60_000 })
  await migrate(database, await migrationSources(root))
  // Only its offers are asked; its pages would name the shop.
  const shop = { shopsByIds: async () => new Map() }
  const { offers } = createCoupon({ database, clock: systemClock, shop })
  const market = createMarket(database, { personal, offers: [offers] })
  const team = await market.newShop()
  const buyers: Buyer[] = []
  while (buyers.length < buyerCount)
    buyers.push(...(await Promise.all(Array.from({ length: buyersAtOnce }, market.newBuyer))))
  await database.query('', 'vacuum analyze', [])
  const stop = async () => {
    await database.close()
    await server.stop()
    rmSync(dir, { recursive: true, force: true })
  }
  return { url: server.url, dataDir, pid: server.pid, database, market, team, buyers, stop }
}

type Shelf = Pick<Site, 'market' | 'team' | 'database'>

/** A SKU on the shelf; `limit` is what one person may buy of it. */
export async function newSku(
  { market, team, database }: Shelf,
  { stock, limit = null }: { stock: number; limit?: number | null },
): Promise<SoldSku> {
  const { id, skus } = await market.newProduct(team, { skus: [{ stock }] })
  const setLimit = 'update catalog_product set limit_per_buyer = $2 where id = $1'
  await database.query('', setLimit, [id, limit])
  return must(skus[0], 'a SKU')
}

const skusPerProduct = 50

export async function newSkus(
  { market, team }: Shelf,
  { count, stock }: { count: number; stock: number },
): Promise<SoldSku[]> {
  const found: SoldSku[] = []
  while (found.length < count) {
    const skus = Array.from({ length: skusPerProduct }, () => ({ stock }))
    found.push(...(await market.newProduct(team, { skus })).skus)
  }
  return found
}
