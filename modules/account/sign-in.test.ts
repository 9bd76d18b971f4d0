import { setTimeout as delay } from 'node:timers/promises'
import type { UserActor } from '@kaibo/contract/core/permissions'
import { dayMs, hourMs, manualClock, minuteMs, secondMs } from '@kaibo/kernel/clock'
import { isFailure } from '@kaibo/kernel/fail'
import { testDatabase } from '@kaibo/testkit/database'
import { ctxOf, memoryStorage, type SentSms, testPersonal, visitor } from '@kaibo/testkit/people'
import { sql } from 'kysely'
import { beforeEach, describe, expect, test } from 'vitest'
import { createFiles } from '../files/index.ts'
import { createShop } from '../shop/index.ts'
import { createAccount } from './index.ts'

const { database, connect } = await testDatabase()
const clock = manualClock(new Date('2026-11-22T02:00:00Z'))
const personal = testPersonal()
const sent: SentSms[] = []
const files = createFiles({ database, storage: memoryStorage() })
const shop = createShop({ database, files })
const needs = {
  database,
  clock,
  personal,
  files,
  shop,
  sms: { send: async (message: SentSms) => void sent.push(message) },
}
const account = createAccount(needs)

let phoneCount = 0
let phone = ''
let ip = ''
beforeEach(() => {
  phoneCount += 1
  phone = `138${String(phoneCount).padStart(8, '0')}`
  ip = `198.51.100.${phoneCount}`
})

const askCode = async (from: { phone?: string; ip?: string } = {}) => {
  await account.handlers.sendCode(ctxOf(visitor, { ip: from.ip ?? ip }), {
    phone: from.phone ?? phone,
  })
  return sent.at(-1)?.text.match(/\d{6}/)?.[0] ?? ''
}
const signIn = (code: string, of = phone) =>
  account.handlers.signIn(ctxOf(visitor), { phone: of, code, transport: 'bearer' })
const wrong = (code: string) => (code === '000000' ? '000001' : '000000')
const outcome = (call: Promise<unknown>) =>
  call.then(
    () => 'ok',
    (error: unknown) => (isFailure(error) ? error.code : Promise.reject(error)),
  )
const signedInActor = async (token: string | null): Promise<UserActor> => {
  const actor = await account.authenticate(token ?? '')
  if (actor.kind !== 'user') throw new Error('not signed in')
  return actor
}

/** Locks every code in another connection until `release` is called. */
async function holdCodes() {
  const locked = Promise.withResolvers<void>()
  const released = Promise.withResolvers<void>()
  const done = connect().tx(async tx => {
    await sql`select id from account_code for update`.execute(tx)
    locked.resolve()
    await released.promise
  })
  await locked.promise
  return { release: released.resolve, done }
}

describe('codes', () => {
  test('a newcomer signs in with the code of the message and becomes a person', async () => {
    const code = await askCode()
    expect(sent.at(-1)).toMatchObject({ phone, kind: 'login_code' })
    const { me, token } = await signIn(code)
    expect(me.user?.nickname).toMatch(/^开播用户\d{4}$/)
    expect(me.user?.phoneMasked).toBe(`138****${phone.slice(-4)}`)
    expect(me.user?.roles).toEqual(['user'])
    expect(await account.authenticate(token ?? '')).toMatchObject({
      kind: 'user',
      userId: me.user?.id,
    })
  })

  test('the same phone is the same person the next time', async () => {
    const first = await signIn(await askCode())
    clock.advanceMs(2 * minuteMs)
    const second = await signIn(await askCode())
    expect(second.me.user?.id).toBe(first.me.user?.id)
    expect(second.token).not.toBe(first.token)
  })

  test('asking for a code answers alike for a known and an unknown phone', async () => {
    await signIn(await askCode())
    clock.advanceMs(2 * minuteMs)
    const ask = (who: string) => account.handlers.sendCode(ctxOf(visitor, { ip }), { phone: who })
    expect(await ask(phone)).toEqual(await ask(`137${phone.slice(3)}`))
    expect(await outcome(ask(phone))).toBe(await outcome(ask(`137${phone.slice(3)}`)))
  })

  test('a code works once', async () => {
    const code = await askCode()
    await signIn(code)
    expect(await outcome(signIn(code))).toBe('auth.code_expired')
  })

  test('a code spent by five at once signs in one of them', async () => {
    const code = await askCode()
    const { release, done } = await holdCodes()
    const signIns = Array.from({ length: 5 }, () => outcome(signIn(code)))
    // All five are counted, one after the other, before the first can spend the code.
    await delay(200)
    release()
    const outcomes = await Promise.all(signIns)
    await done
    expect(outcomes.filter(each => each === 'ok')).toHaveLength(1)
  })

  test('a code expires after five minutes', async () => {
    const code = await askCode()
    clock.advanceMs(5 * minuteMs - 1)
    expect(await outcome(signIn(wrong(code)))).toBe('auth.code_wrong')
    clock.advanceMs(1)
    expect(await outcome(signIn(code))).toBe('auth.code_expired')
  })

  test('only the newest code counts', async () => {
    const old = await askCode()
    clock.advanceMs(61 * secondMs)
    const fresh = await askCode()
    if (old !== fresh) expect(await outcome(signIn(old))).toBe('auth.code_wrong')
    expect(await outcome(signIn(fresh))).toBe('ok')
  })

  test('the fifth wrong code locks the phone for ten minutes, also against the right one', async () => {
    const code = await askCode()
    for (let tryNo = 1; tryNo <= 4; tryNo++) {
      expect(await outcome(signIn(wrong(code)))).toBe('auth.code_wrong')
    }
    expect(await outcome(signIn(wrong(code)))).toBe('auth.code_locked')
    expect(await outcome(signIn(code))).toBe('auth.code_locked')
    clock.advanceMs(10 * minuteMs - 1)
    expect(await outcome(askCode())).toBe('auth.code_locked')
    clock.advanceMs(1)
    expect(await outcome(signIn(await askCode()))).toBe('ok')
  })

  test('the right code at the fifth try signs in and locks nothing', async () => {
    const code = await askCode()
    for (let tryNo = 1; tryNo <= 4; tryNo++) await outcome(signIn(wrong(code)))
    expect(await outcome(signIn(code))).toBe('ok')
    expect(await outcome(signIn(code))).toBe('auth.code_expired')
    clock.advanceMs(minuteMs)
    expect(await outcome(askCode())).toBe('ok')
  })

  test('of forty parallel tries exactly five are counted', async () => {
    const code = await askCode()
    const tries = Array.from({ length: 40 }, () => outcome(signIn(wrong(code))))
    const outcomes = await Promise.all(tries)
    expect(outcomes.filter(each => each === 'auth.code_wrong')).toHaveLength(4)
    expect(outcomes.filter(each => each === 'auth.code_locked')).toHaveLength(36)
    const { rows } = await sql<{ tries: number }>`
      select tries_count as tries from account_code
      where phone_index = ${personal.blindIndex('phone', phone)}`.execute(database.db)
    expect(rows).toEqual([{ tries: 5 }])
  })

  test('the next code waits sixty seconds', async () => {
    await askCode()
    clock.advanceMs(60 * secondMs - 1)
    expect(await outcome(askCode())).toBe('auth.code_too_soon')
    clock.advanceMs(1)
    expect(await outcome(askCode())).toBe('ok')
  })

  test('of parallel requests for one phone only one sends a message', async () => {
    const sentBefore = sent.length
    const asks = Array.from({ length: 8 }, () => outcome(askCode()))
    const outcomes = await Promise.all(asks)
    expect(outcomes.filter(each => each === 'ok')).toHaveLength(1)
    expect(sent.length - sentBefore).toBe(1)
  })

  test('a phone gets five codes an hour and ten a day', async () => {
    for (let count = 1; count <= 5; count++) {
      expect(await outcome(askCode())).toBe('ok')
      clock.advanceMs(2 * minuteMs)
    }
    expect(await outcome(askCode())).toBe('auth.code_limit')
    clock.advanceMs(hourMs)
    for (let count = 6; count <= 10; count++) {
      expect(await outcome(askCode())).toBe('ok')
      clock.advanceMs(2 * minuteMs)
    }
    clock.advanceMs(2 * hourMs)
    expect(await outcome(askCode())).toBe('auth.code_limit')
    clock.advanceMs(dayMs)
    expect(await outcome(askCode())).toBe('ok')
  })

  test('an address asks for twenty codes an hour, over all phones', async () => {
    const asks: string[] = []
    for (let count = 0; count < 21; count++) {
      asks.push(
        await outcome(askCode({ phone: `136${phoneCount}${String(count).padStart(6, '0')}` })),
      )
    }
    expect(asks.filter(each => each === 'ok')).toHaveLength(20)
    expect(asks.at(-1)).toBe('auth.code_limit')
    expect(await outcome(askCode({ ip: '192.0.2.1' }))).toBe('ok')
  })

  test('two parallel sign-ins of a new phone make one person', async () => {
    const ensure = (in_: typeof database) =>
      in_.tx(tx => account.ensureUser(tx, { phone, nickname: '同一个人' }))
    const ids = await Promise.all([ensure(database), ensure(connect()), ensure(database)])
    expect(new Set(ids).size).toBe(1)
  })
})

describe('sessions', () => {
  test('the cookie is set for the web and the token is kept out of the answer', async () => {
    const code = await askCode()
    const cookies: (string | null)[] = []
    const ctx = ctxOf(visitor, { setSession: token => cookies.push(token) })
    const { token } = await account.handlers.signIn(ctx, { phone, code, transport: 'cookie' })
    expect(token).toBeNull()
    expect(cookies).toHaveLength(1)
    const actor = await signedInActor(cookies[0] ?? null)
    await account.handlers.signOut({ ...ctx, actor }, {})
    expect(cookies.at(-1)).toBeNull()
  })

  test('signing out ends the session at once and says so to the gateway', async () => {
    const { token } = await signIn(await askCode())
    const actor = await signedInActor(token)
    await account.handlers.signOut(ctxOf(actor), {})
    expect(await account.authenticate(token ?? '')).toEqual(visitor)
    const { rows } = await sql<{ payload: unknown }>`
      select payload from outbox_event where name = 'account.signed_out'
        and payload ->> 'sessionId' = ${actor.sessionId}`.execute(database.db)
    expect(rows).toEqual([{ payload: { sessionId: actor.sessionId, userId: actor.userId } }])
  })

  test('a sign-out elsewhere is noticed within three seconds, or at once when told', async () => {
    const elsewhere = createAccount(needs)
    const first = await signIn(await askCode())
    const firstActor = await signedInActor(first.token)
    await elsewhere.handlers.signOut(ctxOf(firstActor), {})
    expect(await account.authenticate(first.token ?? '')).toMatchObject({ kind: 'user' })
    clock.advanceMs(3 * secondMs)
    expect(await account.authenticate(first.token ?? '')).toEqual(visitor)

    clock.advanceMs(2 * minuteMs)
    const second = await signIn(await askCode())
    const secondActor = await signedInActor(second.token)
    await elsewhere.handlers.signOut(ctxOf(secondActor), {})
    account.forget(secondActor.sessionId)
    expect(await account.authenticate(second.token ?? '')).toEqual(visitor)
  })

  test('a session lives for thirty days after it was last used', async () => {
    const { token } = await signIn(await askCode())
    clock.advanceMs(29 * dayMs)
    expect(await account.authenticate(token ?? '')).toMatchObject({ kind: 'user' })
    clock.advanceMs(29 * dayMs)
    expect(await account.authenticate(token ?? '')).toMatchObject({ kind: 'user' })
    clock.advanceMs(30 * dayMs)
    expect(await account.authenticate(token ?? '')).toEqual(visitor)
  })

  test('a session slides at most once an hour', async () => {
    const { token } = await signIn(await askCode())
    const { sessionId } = await signedInActor(token)
    const seenAt = async () => {
      const { rows } = await sql<{ seenAt: Date }>`
        select seen_at as "seenAt" from account_session where id = ${sessionId}`.execute(
        database.db,
      )
      return rows[0]?.seenAt
    }
    const signedInAt = await seenAt()
    clock.advanceMs(hourMs - 1)
    await account.authenticate(token ?? '')
    expect(await seenAt()).toEqual(signedInAt)
    clock.advanceMs(3 * secondMs)
    await account.authenticate(token ?? '')
    expect(await seenAt()).toEqual(clock.now())
  })

  test('only a hash of the token is stored', async () => {
    const { token } = await signIn(await askCode())
    const { rows } = await sql`select * from account_session`.execute(database.db)
    expect(JSON.stringify(rows)).not.toContain(token)
  })

  test('the twenty-first device signs the idlest one out', async () => {
    const tokens: string[] = []
    for (let device = 1; device <= 21; device++) {
      const { token } = await signIn(await askCode())
      tokens.push(token ?? '')
      clock.advanceMs(3 * hourMs)
    }
    expect(await account.authenticate(tokens[0] ?? '')).toEqual(visitor)
    expect(await account.authenticate(tokens[1] ?? '')).toMatchObject({ kind: 'user' })
  })

  test('signing in again on the same device ends its former session', async () => {
    const former = await signedInActor((await signIn(await askCode())).token)
    clock.advanceMs(2 * minuteMs)
    const code = await askCode()
    await account.handlers.signIn(ctxOf(former), { phone, code, transport: 'bearer' })
    const { rows } =
      await sql`select id from account_session where id = ${former.sessionId}`.execute(database.db)
    expect(rows).toEqual([])
  })

  test.each(['', 'x', 'A'.repeat(43), `${'A'.repeat(42)}=`, "' or 1=1 --"])(
    'the token %j belongs to nobody',
    async token => expect(await account.authenticate(token)).toEqual(visitor),
  )

  test('a shop opened a moment ago counts at once when the account is told', async () => {
    const { token } = await signIn(await askCode())
    const actor = await signedInActor(token)
    const id = await database.tx(tx =>
      shop.ensureShop(tx, { name: `小店${phoneCount}`, intro: '', ownerId: actor.userId }),
    )
    account.forgetPerson(actor.userId)
    const now = await signedInActor(token)
    expect(now.shops).toEqual([{ shopId: id, role: 'owner' }])
    expect(now.roles).toEqual(['user', 'owner'])
  })

  test('purging removes what has expired and nothing else', async () => {
    const { token } = await signIn(await askCode())
    await account.purge(clock.now())
    expect(await account.authenticate(token ?? '')).toMatchObject({ kind: 'user' })
    clock.advanceMs(30 * dayMs)
    expect(await account.purge(clock.now())).toBeGreaterThan(0)
    const { rows } = await sql`
      select id from account_session union all select id from account_code`.execute(database.db)
    expect(rows).toEqual([])
  })
})
