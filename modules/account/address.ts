import { requireUser } from '@kaibo/contract/core/access'
import { fail } from '@kaibo/contract/core/fail'
import type { Actor } from '@kaibo/contract/core/permissions'
import type { Address, NewAddress } from '@kaibo/contract/people/account'
import type { Db } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import * as store from './address-store.ts'
import type { AccountNeeds } from './needs.ts'
import { regionCodeOf } from './regions.ts'
import {
  addressLine,
  decideAddAddress,
  decideChangeAddress,
  nextDefault,
  type Receiver,
  tidyReceiver,
} from './rules.ts'
import { lockUser } from './store.ts'

/** The actor's address book: the default first, then the newest. */
export async function listAddresses(needs: AccountNeeds, actor: Actor): Promise<Address[]> {
  const { userId } = requireUser(actor)
  const rows = await store.addressesOf(needs.database.db, userId)
  return rows.map(row => toView(needs, row))
}

/**
 * Adds an address under the id that the caller chose; a repeat answers with what is there. Throws
 * `address.limit` or `address.region_unknown`.
 */
export async function addAddress(
  needs: AccountNeeds,
  actor: Actor,
  { id, isDefault: wantsDefault, ...typed }: NewAddress & { id: Id },
): Promise<Address> {
  const { userId } = requireUser(actor)
  const receiver = tidyReceiver(typed)
  return needs.database.tx(async tx => {
    await lockUser(tx, userId)
    const book = await store.addressesOf(tx, userId)
    const known = book.find(address => address.id === id)
    if (known) return toView(needs, known)
    const isDefault = decideAddAddress(book, wantsDefault)
    if (isDefault) await store.setDefault(tx, userId, null)
    const row = { id, receiverSealed: seal(needs, receiver), isDefault }
    const isAdded = await store.addAddress(tx, userId, { ...row, createdAt: needs.clock.now() })
    if (!isAdded) throw fail('request.not_found')
    return { id, ...receiver, isDefault }
  })
}

/** Replaces an address. Throws `address.region_unknown`; `request.not_found` also for a foreign one. */
export async function updateAddress(
  needs: AccountNeeds,
  actor: Actor,
  { id, isDefault: wantsDefault, ...typed }: NewAddress & { id: Id },
): Promise<Address> {
  const { userId } = requireUser(actor)
  const receiver = tidyReceiver(typed)
  return needs.database.tx(async tx => {
    await lockUser(tx, userId)
    const known = await store.addressOf(tx, { userId, addressId: id })
    if (!known) throw fail('request.not_found')
    const isDefault = decideChangeAddress(known, wantsDefault)
    if (isDefault) await store.setDefault(tx, userId, id)
    await store.changeAddress(tx, userId, { id, receiverSealed: seal(needs, receiver), isDefault })
    return { id, ...receiver, isDefault }
  })
}

/** Removes an address; the newest one left takes the default. Throws `request.not_found`. */
export async function removeAddress(needs: AccountNeeds, actor: Actor, id: Id): Promise<void> {
  const { userId } = requireUser(actor)
  await needs.database.tx(async tx => {
    await lockUser(tx, userId)
    const removed = await store.addressOf(tx, { userId, addressId: id })
    if (!removed) throw fail('request.not_found')
    await store.removeAddress(tx, userId, id)
    const heir = nextDefault(removed, await store.addressesOf(tx, userId))
    if (heir) await store.setDefault(tx, userId, heir)
  })
}

/** Who receives a parcel, in plain text; `regionCode` is null for an old address not yet edited. */
export type PlainReceiver = {
  name: string
  phone: string
  address: string
  regionCode: string | null
}

/**
 * Who receives what, in plain text: the caller seals what it keeps. One entry per pair, in their
 * order; null where the address is not theirs.
 */
export async function receiversOf(
  needs: AccountNeeds,
  db: Db,
  pairs: readonly { userId: Id; addressId: Id }[],
): Promise<(PlainReceiver | null)[]> {
  const rows = await store.addressesByIds(
    db,
    pairs.map(({ addressId }) => addressId),
  )
  return pairs.map(({ userId, addressId }) => {
    const row = rows.get(addressId)
    if (row?.userId !== userId) return null
    const receiver = open(needs, row.receiverSealed)
    const { name, phone, regionCode } = receiver
    return { name, phone, address: addressLine(receiver), regionCode }
  })
}

const seal = ({ personal }: AccountNeeds, receiver: Receiver): string =>
  personal.sealPersonal(JSON.stringify(receiver))

/** The envelope is authenticated, so what comes out is what {@link seal} put in, now or long ago. */
function open({ personal }: AccountNeeds, sealed: string): Receiver {
  const kept: Omit<Receiver, 'regionCode'> & { regionCode?: string } = JSON.parse(
    personal.openPersonal(sealed),
  )
  return { ...kept, regionCode: kept.regionCode ?? regionCodeOf(kept) }
}

const toView = (needs: AccountNeeds, row: store.AddressRow): Address => ({
  id: row.id,
  ...open(needs, row.receiverSealed),
  isDefault: row.isDefault,
})
