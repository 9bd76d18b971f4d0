import { requireUser } from '@kaibo/contract/access'
import type { Address, NewAddress } from '@kaibo/contract/account'
import { fail } from '@kaibo/contract/fail'
import type { Actor } from '@kaibo/contract/permissions'
import type { Db } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import * as store from './address-store.ts'
import type { AccountNeeds } from './needs.ts'
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
 * `address.limit`.
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

/** Replaces an address. Throws `request.not_found`, also for somebody else's. */
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

/** Who receives a parcel, in plain text: the caller seals what it keeps. Null when not theirs. */
export async function receiverOf(
  needs: AccountNeeds,
  db: Db,
  of: { userId: Id; addressId: Id },
): Promise<{ name: string; phone: string; address: string } | null> {
  const row = await store.addressOf(db, of)
  if (!row) return null
  const receiver = open(needs, row.receiverSealed)
  return { name: receiver.name, phone: receiver.phone, address: addressLine(receiver) }
}

const seal = ({ personal }: AccountNeeds, receiver: Receiver): string =>
  personal.sealPersonal(JSON.stringify(receiver))

/** The envelope is authenticated, so what comes out is what {@link seal} put in. */
const open = ({ personal }: AccountNeeds, sealed: string): Receiver =>
  JSON.parse(personal.openPersonal(sealed))

const toView = (needs: AccountNeeds, row: store.AddressRow): Address => ({
  id: row.id,
  ...open(needs, row.receiverSealed),
  isDefault: row.isDefault,
})
