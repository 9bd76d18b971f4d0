import type { Handlers } from '@kaibo/contract/core/handlers'
import type { accountApi } from '@kaibo/contract/people/account'
import { me, updateMe } from './account.ts'
import { addAddress, listAddresses, removeAddress, updateAddress } from './address.ts'
import type { Own } from './needs.ts'
import { sendCode, signIn, signOut } from './sign-in.ts'

const done = { ok: true } as const

export const createHandlers = (own: Own): Handlers<typeof accountApi> => ({
  sendCode: async ({ ip }, { phone }) => sendCode(own, { phone, ip }),
  signIn: async ({ actor, setSession }, { transport, ...claim }) => {
    const replaces = actor.kind === 'user' ? actor.sessionId : null
    const { me, token } = await signIn(own, { ...claim, replaces })
    if (transport === 'bearer') return { me, token }
    setSession(token)
    return { me, token: null }
  },
  signOut: async ({ actor, setSession }) => {
    await signOut(own, actor)
    setSession(null)
    return done
  },
  me: async ({ actor }) => me(own, actor),
  updateMe: async ({ actor }, change) => updateMe(own, actor, change),
  addresses: async ({ actor }) => ({ items: await listAddresses(own, actor) }),
  addAddress: async ({ actor }, address) => addAddress(own, actor, address),
  updateAddress: async ({ actor }, address) => updateAddress(own, actor, address),
  removeAddress: async ({ actor }, { id }) => {
    await removeAddress(own, actor, id)
    return done
  },
})
