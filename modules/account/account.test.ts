import { newId } from '@kaibo/kernel/ids'
import { testDatabase } from '@kaibo/testkit/database'
import { createPeople, ctxOf, visitor } from '@kaibo/testkit/people'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'

const { database } = await testDatabase()
const { account, files, newShop, newUser, personal, sentSms, shop } = createPeople(database)

const receiver = {
  name: '王小明',
  phone: '13987654321',
  regionCode: '330106',
  detail: '文三路 478 号 1 幢',
}
const add = (ctx: ReturnType<typeof ctxOf>, changes: Partial<typeof book> = {}) =>
  account.handlers.addAddress(ctx, { ...book, id: newId(), ...changes })
const book = { ...receiver, id: '', isDefault: false }
const list = async (ctx: ReturnType<typeof ctxOf>) =>
  (await account.handlers.addresses(ctx, {})).items

describe('who I am', () => {
  test('a visitor is nobody', async () => {
    expect(await account.handlers.me(ctxOf(visitor), {})).toEqual({ user: null, shops: [] })
  })

  test('roles come from the platform and from every shop', async () => {
    const { owner } = await newShop('角色店')
    const other = await newShop()
    const { userId } = owner
    await database.tx(async tx => {
      await shop.addMember(tx, { shopId: other.shopId, userId, role: 'host' })
      const phone = '13100000001'
      await account.ensureUser(tx, { phone, nickname: '运营', roles: ['operator'] })
    })
    const me = await account.handlers.me(ctxOf(owner), {})
    expect(me.user?.roles).toEqual(['user', 'owner', 'host'])
    expect(me.shops.map(each => each.role)).toEqual(['owner', 'host'])
  })

  test('the operator role survives ensuring the same person again', async () => {
    const wanted = { phone: '13100000002', nickname: '运营二' }
    const ensure = (roles: readonly 'operator'[]) =>
      database.tx(tx => account.ensureUser(tx, { ...wanted, roles }))
    const userId = await ensure(['operator'])
    expect(await ensure(['operator'])).toBe(userId)
    expect(await ensure([])).toBe(userId)
    const actor = { ...(await newUser()), userId }
    const { user } = await account.handlers.me(ctxOf(actor), {})
    expect(user).toMatchObject({ roles: ['user', 'operator'], phoneMasked: '131****0002' })
  })

  test('nickname and avatar change, each alone', async () => {
    const ctx = ctxOf(await newUser('旧名字'))
    const bytes = Buffer.from(onePixelPng, 'base64')
    const { id: avatarFileId, url } = await files.store(null, { bytes })
    await account.handlers.updateMe(ctx, { nickname: '  小满 👩‍🌾 ' })
    const me = await account.handlers.updateMe(ctx, { avatarFileId })
    expect(me.user).toMatchObject({ nickname: '小满 👩‍🌾', avatarUrl: url })
    const call = account.handlers.updateMe(ctx, { avatarFileId: newId() })
    await expect(call).rejects.toThrow('file.not_found')
  })

  test.each(['   ', '\u200b', '\u202e'])('the nickname %j is refused', async nickname => {
    const call = account.handlers.updateMe(ctxOf(await newUser()), { nickname })
    await expect(call).rejects.toThrow('request.invalid')
  })

  test('others see nickname and avatar, and unknown people are missing', async () => {
    const { userId } = await newUser('阿岚')
    const people = await account.peopleByIds(database.db, [userId, userId, newId()])
    expect([...people.values()]).toEqual([{ id: userId, nickname: '阿岚', avatarUrl: null }])
  })
})

describe('the address book', () => {
  test('the first address is the default whether asked or not', async () => {
    const ctx = ctxOf(await newUser())
    expect(await add(ctx)).toMatchObject({ ...receiver, isDefault: true })
    expect(await add(ctx)).toMatchObject({ isDefault: false })
  })

  test('there is exactly one default whatever is done', async () => {
    const ctx = ctxOf(await newUser())
    const first = await add(ctx)
    const second = await add(ctx, { isDefault: true })
    const third = await add(ctx)
    const defaults = async () =>
      (await list(ctx)).filter(address => address.isDefault).map(address => address.id)
    expect(await defaults()).toEqual([second.id])

    await account.handlers.updateAddress(ctx, { ...book, id: second.id, isDefault: false })
    expect(await defaults()).toEqual([second.id])
    await account.handlers.updateAddress(ctx, { ...book, id: first.id, isDefault: true })
    expect(await defaults()).toEqual([first.id])
    await account.handlers.removeAddress(ctx, { id: first.id })
    expect(await defaults()).toEqual([third.id])
    await account.handlers.removeAddress(ctx, { id: second.id })
    expect(await defaults()).toEqual([third.id])
    await account.handlers.removeAddress(ctx, { id: third.id })
    expect(await list(ctx)).toEqual([])
  })

  test('parallel additions leave one default and at most twenty addresses', async () => {
    const ctx = ctxOf(await newUser())
    const results = await Promise.allSettled(
      Array.from({ length: 25 }, () => add(ctx, { isDefault: true })),
    )
    const refused = results.filter(each => each.status === 'rejected')
    expect(refused.map(each => each.reason.message)).toEqual(Array(5).fill('address.limit'))
    const addresses = await list(ctx)
    expect(addresses).toHaveLength(20)
    expect(addresses.map(address => address.isDefault)).toEqual([true, ...Array(19).fill(false)])
  })

  test('a repeat under the same id adds nothing', async () => {
    const ctx = ctxOf(await newUser())
    const id = newId()
    const first = await add(ctx, { id })
    expect(await add(ctx, { id, name: '别人' })).toEqual(first)
    expect(await list(ctx)).toHaveLength(1)
  })

  test('an address of somebody else is not there', async () => {
    const { id } = await add(ctxOf(await newUser()))
    const stranger = await newUser()
    const ctx = ctxOf(stranger)
    await expect(add(ctx, { id })).rejects.toThrow('request.not_found')
    const update = account.handlers.updateAddress(ctx, { ...book, id })
    await expect(update).rejects.toThrow('request.not_found')
    const remove = account.handlers.removeAddress(ctx, { id })
    await expect(remove).rejects.toThrow('request.not_found')
    const of = { userId: stranger.userId, addressId: id }
    expect(await account.receiversOf(database.db, [of])).toEqual([null])
  })

  test('orders get their receivers in plain text, each on one line, in the order asked', async () => {
    const [ann, bo] = [await newUser(), await newUser()]
    const { id } = await add(ctxOf(ann), { name: ' 王小明 ' })
    const capital = await add(ctxOf(bo), { regionCode: '110105', detail: '建国路 1 号' })
    const county = await add(ctxOf(bo), { regionCode: '429004', detail: '大道 2 号' })
    const receivers = await account.receiversOf(database.db, [
      { userId: bo.userId, addressId: county.id },
      { userId: bo.userId, addressId: id },
      { userId: ann.userId, addressId: id },
      { userId: bo.userId, addressId: capital.id },
      { userId: bo.userId, addressId: newId() },
    ])
    const { phone, regionCode } = receiver
    const address = '浙江省 杭州市 西湖区 文三路 478 号 1 幢'
    expect(receivers.map(each => each?.address)).toEqual([
      '湖北省 仙桃市 大道 2 号',
      undefined,
      address,
      '北京市 朝阳区 建国路 1 号',
      undefined,
    ])
    expect(receivers[2]).toEqual({ name: '王小明', phone, regionCode, address })
  })

  test.each(['330100', '330000', '339999', '000000'])(
    'the code %s names no district and is refused',
    async regionCode => {
      const ctx = ctxOf(await newUser())
      await expect(add(ctx, { regionCode })).rejects.toThrow('address.region_unknown')
      const { id } = await add(ctx)
      const update = account.handlers.updateAddress(ctx, { ...book, id, regionCode })
      await expect(update).rejects.toThrow('address.region_unknown')
    },
  )

  test.each([
    ['浙江省', '杭州市', '西湖区', '330106'],
    ['北京市', '北京市', '朝阳区', '110105'],
    ['北京市', '', '朝阳区', '110105'],
    ['浙江', '杭州', '西湖', null],
    ['浙江省', '杭州市', '', null],
  ])('an old address in %s %s %s has the code %s', async (province, city, district, regionCode) => {
    const buyer = await newUser()
    const { id } = await add(ctxOf(buyer))
    const { name, phone, detail } = receiver
    const old = personal.sealPersonal(
      JSON.stringify({ name, phone, province, city, district, detail }),
    )
    await sql`update account_address set receiver_sealed = ${old} where id = ${id}`.execute(
      database.db,
    )
    expect(await list(ctxOf(buyer))).toMatchObject([{ province, city, district, regionCode }])
  })

  test.each(['name', 'detail'] as const)('the %s may not be blank', async field => {
    const call = add(ctxOf(await newUser()), { [field]: '  ' })
    await expect(call).rejects.toThrow('request.invalid')
  })

  test('visitors have none', async () => {
    await expect(list(ctxOf(visitor))).rejects.toThrow('auth.required')
  })
})

test('no table holds a plain phone number, name or address', async () => {
  const phone = '13612345678'
  const ctx = ctxOf(visitor, { ip: '203.0.113.99' })
  await account.handlers.sendCode(ctx, { phone })
  const code = sentSms.at(-1)?.text.match(/\d{6}/)?.[0] ?? ''
  const { me } = await account.handlers.signIn(ctx, { phone, code, transport: 'bearer' })
  const buyer = { ...(await newUser()), userId: me.user?.id ?? '' }
  await add(ctxOf(buyer))

  const { rows: tables } = await sql<{ name: string }>`
    select quote_ident(table_schema) || '.' || quote_ident(table_name) as name
    from information_schema.tables
    where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')
  `.execute(database.db)
  const dump: string[] = []
  for (const { name } of tables) {
    const { rows } = await sql<{
      line: string
    }>`select t::text as line from ${sql.raw(name)} t`.execute(database.db)
    dump.push(...rows.map(row => row.line))
  }
  const text = dump.join('\n')
  expect(text).toContain(buyer.userId)
  const secrets = [phone, receiver.phone, receiver.name, '文三路', '西湖区', '杭州', '203.0.113.99']
  expect(secrets.filter(secret => text.includes(secret))).toEqual([])
  expect(text).not.toMatch(new RegExp(`\\b${code}\\b`))
})

const onePixelPng =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
