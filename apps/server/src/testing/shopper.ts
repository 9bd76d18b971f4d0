import { type Client, createClient } from '@kaibo/client/client'
import { newId } from '@kaibo/kernel/ids'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { eventually } from './process.ts'

/** Somebody with an account of the demo, over HTTP like any app. */
export type Shopper = { client: Client; token: string; userId: string }

const Outbox = Type.Object({
  items: Type.Array(Type.Object({ phone: Type.String(), text: Type.String() })),
})

const clientAt = (baseUrl: string, token: string | null = null): Client =>
  createClient({ baseUrl, fetch, language: () => 'en', token: () => token })

/** The same person at another process, or a guest. */
export const browse = (url: string, token: string | null = null): Pick<Shopper, 'client'> => ({
  client: clientAt(url, token),
})

/** Signs in with the code that the dev outbox shows. */
export async function signInAt(url: string, phone: string): Promise<Shopper> {
  const client = clientAt(url)
  // After a restart within a minute the last code is still good.
  await client.account.sendCode({ phone }).catch(() => {})
  const outbox = await fetch(`${url}/dev/outbox.json`)
  const { items } = Value.Parse(Outbox, await outbox.json())
  const code = /\d{6}/.exec(items.find(message => message.phone === phone)?.text ?? '')?.[0] ?? ''
  const { me, token } = await client.account.signIn({ phone, code, transport: 'bearer' })
  return { client: clientAt(url, token), token: token ?? '', userId: me.user?.id ?? '' }
}

const liveMsMax = 15_000

export type Errand = {
  liveId: string
  shopId: string
  skuId: string
  addressId: string
}

/** What the demo buyer needs to order from the demo room. */
export async function prepareErrand({ client }: Pick<Shopper, 'client'>): Promise<Errand> {
  const id = newId()
  await client.account.addAddress({
    id,
    name: '王小明',
    phone: '13911112222',
    regionCode: '330106',
    detail: '龙井路 1 号',
    isDefault: true,
  })
  const liveId = await eventually(async () => (await client.live.feed({})).items[0]?.id, liveMsMax)
  if (liveId === undefined) throw new Error('the demo room does not go live')
  const bag = await client.showcase.bag({ id: liveId })
  const product = await client.catalog.view({ id: bag.items[0]?.product.id ?? '' })
  const skuId = product.skus[0]?.id ?? ''
  return { liveId, shopId: product.shopId, skuId, addressId: id }
}

/** What to send for an order of one piece. */
export async function orderOf({ client }: Pick<Shopper, 'client'>, errand: Errand) {
  const basket = {
    lines: [{ skuId: errand.skuId, quantity: 1 }],
    addressId: errand.addressId,
    source: { kind: 'live' as const, id: errand.liveId },
    couponIds: [],
    pointsUsed: 0,
  }
  const { payableFen } = await client.order.preview(basket)
  return {
    ...basket,
    orders: [{ id: newId(), shopId: errand.shopId, note: '' }],
    agreesNoReturn: false,
    expectedPayableFen: payableFen,
  }
}

/** Orders one piece; resolves with the id when the server has said yes. */
export async function placeOrder(
  shopper: Pick<Shopper, 'client'>,
  errand: Errand,
): Promise<string> {
  const order = await orderOf(shopper, errand)
  await shopper.client.order.place(order)
  return order.orders[0]?.id ?? ''
}
