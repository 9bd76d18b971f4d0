import { newId } from '@kaibo/kernel/ids'
import { testDatabase } from '@kaibo/testkit/database'
import { createPeople, ctxOf, shopTeam, system, userActor, visitor } from '@kaibo/testkit/people'
import { describe, expect, test } from 'vitest'
import { createShop } from './index.ts'
import { nameKey } from './rules.ts'

const { database } = await testDatabase()
const { files, newShop, newUser, shop } = createPeople(database)

const open = (actor = userActor(), wanted: { id?: string; name?: string } = {}) =>
  shop.handlers.open(ctxOf(actor), {
    id: wanted.id ?? newId(),
    name: wanted.name ?? `店铺${newId().slice(-8)}`,
  })
const outcomes = async (calls: Promise<unknown>[]) =>
  (await Promise.allSettled(calls)).map(call =>
    call.status === 'fulfilled' ? 'ok' : String(call.reason.message),
  )

describe('opening a shop', () => {
  test('whoever opens a shop owns it', async () => {
    const actor = await newUser()
    const opened = await open(actor, { name: ' 山岚  小铺 ' })
    expect(opened).toMatchObject({ name: '山岚 小铺', intro: '', logoUrl: null })
    expect(await shop.membershipsOf(database.db, actor.userId)).toEqual([
      { shopId: opened.id, name: '山岚 小铺', role: 'owner' },
    ])
    expect(await shop.handlers.view(ctxOf(visitor), { id: opened.id })).toEqual(opened)
  })

  test('a repeat of the same call opens nothing more', async () => {
    const actor = userActor()
    const wanted = { id: newId(), name: '重复店' }
    const opened = await Promise.all([
      open(actor, wanted),
      open(actor, wanted),
      open(actor, wanted),
    ])
    expect(new Set(opened.map(each => each.id))).toEqual(new Set([wanted.id]))
    expect(await shop.membershipsOf(database.db, actor.userId)).toHaveLength(1)
  })

  test('a person owns one shop, also when opening two at once', async () => {
    const actor = userActor()
    const results = await outcomes([open(actor), open(actor), open(actor)])
    expect(results.sort()).toEqual(['ok', 'shop.already_open', 'shop.already_open'])
  })

  test('two shops never share a name, also when opened at once', async () => {
    const results = await outcomes([
      open(userActor(), { name: 'Tea House' }),
      open(userActor(), { name: 'tea house' }),
      open(userActor(), { name: 'ＴＥＡ　ＨＯＵＳＥ' }),
    ])
    expect(results.sort()).toEqual(['ok', 'shop.name_taken', 'shop.name_taken'])
  })

  test.each(['TeaHouse', 'tea\u200bhouse', 'ｔｅａhouse', 'TEA HOUSE '])(
    'the name %j counts as "tea house"',
    name => expect(nameKey(name)).toBe(nameKey('tea house')),
  )

  test('a name of nothing visible is refused', async () => {
    await expect(open(userActor(), { name: '\u200b\u200b  ' })).rejects.toThrow('request.invalid')
  })

  test('visitors open no shop', async () => {
    const call = shop.handlers.open(ctxOf(visitor), { id: newId(), name: '路人店' })
    await expect(call).rejects.toThrow('auth.required')
  })

  test('the cached actor of the new owner is dropped', async () => {
    const told: string[] = []
    const membershipChanged = (userId: string) => void told.push(userId)
    const actor = userActor()
    await createShop({ database, files, membershipChanged }).handlers.open(ctxOf(actor), {
      id: newId(),
      name: '通知店',
    })
    expect(told).toEqual([actor.userId])
  })
})

describe('changing a shop', () => {
  test('the owner changes name, intro and logo, each alone', async () => {
    const { shopId, owner } = await newShop()
    const bytes = Buffer.from(onePixelPng, 'base64')
    const { id: logoFileId, url } = await files.store(null, { bytes })
    const update = (change: { name?: string; intro?: string; logoFileId?: string }) =>
      shop.handlers.update(ctxOf(owner), { shopId, ...change })
    await update({ name: '新名字' })
    await update({ intro: ' 一杯茶 ' })
    expect(await update({ logoFileId })).toEqual({
      id: shopId,
      name: '新名字',
      intro: '一杯茶',
      logoUrl: url,
    })
    expect(await update({})).toMatchObject({ name: '新名字' })
    await expect(update({ logoFileId: newId() })).rejects.toThrow('file.not_found')
  })

  test('a shop may change the look of its own name but not take another', async () => {
    const first = await newShop('Kite Shop')
    const second = await newShop('Lantern Shop')
    const rename = (name: string) =>
      shop.handlers.update(ctxOf(second.owner), { shopId: second.shopId, name })
    await expect(rename('KITE shop')).rejects.toThrow('shop.name_taken')
    expect(await rename('LANTERN SHOP')).toMatchObject({ name: 'LANTERN SHOP' })
    expect(first.shopId).not.toBe(second.shopId)
  })

  test('hosts and clerks may not, and a foreign shop answers like none at all', async () => {
    const { shopId, host, clerk } = await newShop()
    const update = (actor: typeof host, id: string) =>
      shop.handlers.update(ctxOf(actor), { shopId: id, intro: 'x' })
    await expect(update(host, shopId)).rejects.toThrow('auth.forbidden')
    await expect(update(clerk, shopId)).rejects.toThrow('auth.forbidden')
    await expect(update(shopTeam().owner, shopId)).rejects.toThrow('request.not_found')
    await expect(update(shopTeam().owner, newId())).rejects.toThrow('request.not_found')
    await expect(
      shop.handlers.update(ctxOf(system), { shopId: newId(), intro: 'x' }),
    ).rejects.toThrow('request.not_found')
  })
})

describe('for others', () => {
  test('shops are found by id, unknown ones are missing', async () => {
    const { shopId } = await newShop('查得到')
    const found = await shop.shopsByIds(database.db, [shopId, shopId, newId()])
    expect([...found.values()].map(each => each.name)).toEqual(['查得到'])
    expect(await shop.shopsByIds(database.db, [])).toEqual(new Map())
    await expect(shop.handlers.view(ctxOf(visitor), { id: newId() })).rejects.toThrow(
      'request.not_found',
    )
  })

  test('ensuring a shop twice gives the same shop', async () => {
    const ownerId = newId()
    const ensure = () =>
      database.tx(tx => shop.ensureShop(tx, { name: '演示店', intro: '介绍', ownerId }))
    const shopId = await ensure()
    expect(await ensure()).toBe(shopId)
    expect((await shop.shopsByIds(database.db, [shopId])).get(shopId)?.intro).toBe('介绍')
  })

  test('a member keeps the role they have', async () => {
    const { shopId, host } = await newShop()
    const { userId } = host
    await database.tx(tx => shop.addMember(tx, { shopId, userId, role: 'clerk' }))
    expect(await shop.membershipsOf(database.db, userId)).toMatchObject([{ role: 'host' }])
  })
})

const onePixelPng =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
