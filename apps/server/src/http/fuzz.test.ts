import { allEndpoints } from '@kaibo/contract/api'
import type { EndpointDef } from '@kaibo/contract/core/endpoint'
import fc from 'fast-check'
import { Value } from 'typebox/value'
import { beforeAll, expect, test } from 'vitest'
import { allCalls } from '../testing/calls.ts'
import { inputOf } from '../testing/inputs.ts'
import { defOf, requestOf } from '../testing/request.ts'
import { isKnownCode, openStage } from '../testing/stage.ts'
import { createWorld, type Role, type World } from '../testing/world.ts'

const stage = await openStage()
/** The same cases in every run; FUZZ_SEED and FUZZ_CASES look further. */
const seed = Number(process.env.FUZZ_SEED ?? 20_261_122)
const casesPerEndpoint = Number(process.env.FUZZ_CASES ?? 200)
/** Made before the first case: what is sent may take the goods off the shelf. */
const sounds = new Map<string, Readonly<Record<string, unknown>>>()
let world: World

beforeAll(async () => {
  await stage.app.listen({ port: stage.config.PORT, host: '127.0.0.1' })
  world = await createWorld(stage)
  for (const { name, make } of allCalls()) sounds.set(name, await make(world, roleFor(defOf(name))))
})

/** Mostly who may do it, so that the calls get past the door. */
const roleFor = (def: EndpointDef): Role =>
  def.scope === 'platform' ? 'operator' : def.scope === 'shop' ? 'owner' : 'user'

test.each(allEndpoints())('$name survives whatever is sent to it', async ({ name, def }) => {
  const known = [
    ...[world.shopId, world.otherShopId, world.productId, world.skuId, world.liveId, world.fileId],
    ...Object.values(world.addressIds),
  ]
  const sound = sounds.get(name) ?? {}
  // The token of this endpoint alone: signing out must not end the others.
  const token = name === 'account.signOut' ? null : world.token(roleFor(def))
  await fc.assert(
    fc.asyncProperty(inputOf(def, { known, sound }), async input => {
      const { status, text, body } = await stage.ask(requestOf({ name, input, token }))
      if (status === 200) {
        if (def.reply !== 'bytes' && !Value.Check(def.reply, body))
          throw new Error(`a reply that breaks its schema: ${text}`)
        return
      }
      const code = typeof body === 'object' && body && 'code' in body ? String(body.code) : ''
      if (status >= 500 && code !== 'pay.channel_down') throw new Error(`${status}: ${text}`)
      if (!isKnownCode(code)) throw new Error(`an unknown code: ${status} ${text}`)
    }),
    { seed, numRuns: casesPerEndpoint, endOnFailure: true },
  )
})

test('every code that was answered is declared', () => {
  expect([...new Set(stage.undeclared)]).toEqual([])
})

test('after all of it, everything adds up', async () => {
  expect(await world.must('operator', 'ledger.check', {})).toMatchObject({ ok: true, findings: [] })
})
