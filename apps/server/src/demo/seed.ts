import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { LiveCategory } from '@kaibo/contract/show/live-life'
import { fen } from '@kaibo/kernel/money'
import { type DemoProduct, demoProducts, demoRooms, demoShop } from '../../demo/demo.ts'
import { rootDir } from '../boot.ts'
import type { Kaibo } from '../compose.ts'
import { type DemoKey, demoAccounts, demoId, demoStreamKey } from './accounts.ts'
import { actorOf, contextOf } from './context.ts'
import {
  categoryIdOf,
  ensureFreight,
  ensureOffers,
  ensurePlatform,
  productIdOf,
  skuIdOf,
} from './market.ts'

const demoDir = join(rootDir, 'apps/server/demo')
export const demoClip = join(demoDir, 'clip.flv')

/** Products that the second shop sells; the first one sells all. */
const secondShopProducts = 6

type Seed = { kaibo: Kaibo; userIds: Readonly<Record<DemoKey, string>> }

/**
 * Makes the demo shops, people, products and the moving room, once: what is there stays as people
 * left it, but the demo room is open again at every start. Returns the room's id and stream key.
 */
export async function seedDemo(kaibo: Kaibo): Promise<{ liveId: string; streamKey: string }> {
  const seed: Seed = { kaibo, userIds: await ensurePeople(kaibo) }
  const { host, newHost, operator } = seed.userIds
  const platform = actorOf(operator, [], 'operator')
  await ensurePlatform(kaibo, platform)
  const shopId = await ensureShop(seed, { key: 'shop', name: demoShop.name.zh, ownerId: host })
  const secondId = await ensureShop(seed, {
    key: 'second-shop',
    name: '小满的厨房',
    ownerId: newHost,
  })
  await kaibo.database.tx(async tx => {
    for (const role of ['clerk', 'assistant', 'moderator'] as const)
      await kaibo.shop.addMember(tx, { shopId, userId: seed.userIds[role], role })
  })
  await ensureProducts(seed, { shopId, ownerId: host, products: demoProducts })
  const kitchen = demoProducts.slice(-secondShopProducts)
  await ensureProducts(seed, { shopId: secondId, ownerId: newHost, products: kitchen })
  const owner = actorOf(host, [{ shopId, role: 'owner' }])
  await ensureOffers(kaibo, { shopId, owner, operator: platform })
  return ensureRoom(seed, shopId)
}

async function ensurePeople(kaibo: Kaibo): Promise<Record<DemoKey, string>> {
  const ids: Record<string, string> = {}
  for (const { key, phone, nickname, avatar } of demoAccounts) {
    const roles = key === 'operator' ? (['operator'] as const) : []
    ids[key] = await kaibo.database.tx(tx =>
      kaibo.account.ensureUser(tx, { phone, nickname, roles }),
    )
    await giveAvatar(kaibo, { userId: ids[key], nickname, avatar })
  }
  const { buyer = '', host = '', clerk = '', newHost = '', operator = '' } = ids
  const { assistant = '', moderator = '' } = ids
  return { buyer, host, clerk, newHost, assistant, moderator, operator }
}

async function giveAvatar(
  kaibo: Kaibo,
  person: { userId: string; nickname: string; avatar: string },
): Promise<void> {
  const known = await kaibo.account.peopleByIds(kaibo.database.db, [person.userId])
  if (known.get(person.userId)?.avatarUrl) return
  const { id: avatarFileId } = await picture(kaibo, person.avatar)
  await kaibo.handlers.account.updateMe(contextOf(actorOf(person.userId, [])), { avatarFileId })
}

const picture = async (kaibo: Kaibo, path: string) =>
  kaibo.files.store(null, { bytes: await readFile(join(demoDir, path)) })

async function ensureShop(
  { kaibo }: Seed,
  shop: { key: string; name: string; ownerId: string },
): Promise<string> {
  const known = await kaibo.shop.membershipsOf(kaibo.database.db, shop.ownerId)
  const own = known.find(({ role }) => role === 'owner')
  if (own) return own.shopId
  const logo = await picture(kaibo, demoShop.logo)
  return kaibo.database.tx(tx =>
    kaibo.shop.ensureShop(tx, {
      id: demoId(shop.key),
      name: shop.name,
      intro: demoShop.about.zh,
      ownerId: shop.ownerId,
      logoFileId: logo.id,
    }),
  )
}

type Assortment = { shopId: string; ownerId: string; products: readonly DemoProduct[] }

async function ensureProducts(
  { kaibo }: Seed,
  { shopId, ownerId, products }: Assortment,
): Promise<void> {
  const ids = products.map(({ slug }) => productIdOf(shopId, slug))
  const known = new Set(
    (await kaibo.catalog.cardsByIds(kaibo.database.db, ids)).map(card => card.id),
  )
  const actor = actorOf(ownerId, [{ shopId, role: 'owner' }])
  await ensureFreight(kaibo, { shopId, owner: actor })
  for (const product of products) {
    const id = productIdOf(shopId, product.slug)
    if (known.has(id)) continue
    const { id: fileId } = await picture(kaibo, product.picture)
    await kaibo.catalog.createProduct(actor, {
      shopId,
      id,
      title: product.title.zh,
      subtitle: product.point.zh,
      description: `${product.description.zh}\n\n${product.title.en}: ${product.description.en}`,
      pictureFileIds: [fileId],
      categoryId: categoryIdOf(product.category),
      skus: product.skus.map((sku, index) => ({
        id: skuIdOf(shopId, { slug: product.slug, sku: index }),
        spec: Object.fromEntries(
          product.specs.map((spec, axis) => [spec.name.zh, sku.spec[axis]?.zh ?? '']),
        ),
        priceFen: fen(sku.priceFen),
        initialStock: sku.stock,
        weightG: product.weightG,
      })),
    })
    await kaibo.catalog.setShelf({ kind: 'system' }, { shopId, id, state: 'on_shelf' })
  }
}

async function ensureRoom(
  seed: Seed,
  shopId: string,
): Promise<{ liveId: string; streamKey: string }> {
  const { kaibo, userIds } = seed
  const [room] = demoRooms
  if (!room) throw new Error('the demo has no room')
  const streamKey = demoStreamKey(kaibo.deriveKey('demo-stream-key'))
  const cover = await picture(kaibo, room.cover)
  const liveId = await kaibo.database.tx(tx =>
    kaibo.live.ensureSession(tx, {
      id: crypto.randomUUID(),
      shopId,
      hostId: userIds.host,
      title: room.title.zh,
      category: 'tea' satisfies LiveCategory,
      coverFileId: cover.id,
      streamKey,
    }),
  )
  const { bag, setBag, explain } = kaibo.handlers.showcase
  const ctx = contextOf(actorOf(userIds.host, [{ shopId, role: 'owner' }]))
  // It runs day and night: a recording of it would fill the disk and show nobody anything new.
  if (!(await kaibo.recording.factsByIds(kaibo.database.db, [liveId])).has(liveId))
    await kaibo.recording.spare({ liveId, shopId })
  const { version, items } = await bag(ctx, { id: liveId })
  if (items.length === 0) {
    const productIds = room.bag.map(slug => productIdOf(shopId, slug))
    await setBag(ctx, { shopId, id: liveId, version, productIds })
    await explain(ctx, { shopId, id: liveId, productId: productIds[0] ?? null })
  }
  return { liveId, streamKey }
}
