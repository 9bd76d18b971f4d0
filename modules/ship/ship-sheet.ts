import { allErrors, type ErrorCode } from '@kaibo/contract/api'
import { requireShop } from '@kaibo/contract/core/access'
import type { Actor } from '@kaibo/contract/core/permissions'
import type { SheetProblem, SheetQuery } from '@kaibo/contract/goods/sheet'
import { type CarrierCode, carriers } from '@kaibo/contract/trade/carriers'
import { AppError } from '@kaibo/kernel/fail'
import { type Id, newId } from '@kaibo/kernel/ids'
import { choiceKind, textKind } from '@kaibo/sheet/kinds'
import { defineSheet, rowProblem } from '@kaibo/sheet/sheet'
import type { SheetFile } from '@kaibo/sheet/table'
import { type ShipNeeds, ship } from './ship.ts'

type Cells = { order: string; carrier: CarrierCode; number: string }

const namesOf = (code: CarrierCode) => [carriers[code].zh, carriers[code].en] as const

const sheet = defineSheet<Cells>(
  { zh: '批量发货', en: 'Parcels' },
  {
    order: { zh: '订单号', en: 'Order', kind: textKind(20), example: '261122000000011' },
    carrier: {
      zh: '物流公司',
      en: 'Carrier',
      kind: choiceKind({
        sf: namesOf('sf'),
        yto: namesOf('yto'),
        zto: namesOf('zto'),
        sto: namesOf('sto'),
        ems: namesOf('ems'),
        jd: namesOf('jd'),
      }),
      example: carriers.sf.zh,
    },
    number: { zh: '运单号', en: 'Waybill', kind: textKind(30), example: 'SF1234567890123' },
  },
)

export type SheetReport = { rowCount: number; shippedCount: number; problems: SheetProblem[] }

/**
 * Ships the orders of a file, each row in a transaction of its own: one that is wrong changes
 * nothing and keeps no other back. A row that was sent before counts as shipped. Throws what reading
 * the file does.
 */
export async function shipSheet(
  needs: ShipNeeds,
  actor: Actor,
  { shopId, bytes }: { shopId: Id; bytes: Uint8Array },
): Promise<SheetReport> {
  requireShop(actor, 'order.manage', shopId)
  const { rows, problems } = await sheet.read(bytes)
  const wanted = rows.flatMap(({ row, values }) => (values ? [{ row, ...values }] : []))
  const numbers = wanted.map(each => each.order)
  const ids = await needs.order.idsByNumber(needs.database.db, { shopId, numbers })
  let shippedCount = 0
  for (const { row, order, carrier, number } of wanted) {
    const id = ids.get(order)
    const refusal = id
      ? await refusalOf(ship(needs, actor, { shopId, id, parcelId: newId(), carrier, number }))
      : 'order.not_found'
    if (refusal) problems.push(rowProblem(row, { code: refusal, text: allErrors[refusal] }))
    else shippedCount++
  }
  return {
    rowCount: rows.length,
    shippedCount,
    problems: problems.toSorted((a, b) => a.row - b.row),
  }
}

export const sheetTemplate = (
  actor: Actor,
  { shopId, ...query }: { shopId: Id } & SheetQuery,
): Promise<SheetFile> => {
  requireShop(actor, 'order.manage', shopId)
  return sheet.template(query)
}

const isCode = (code: string): code is ErrorCode => code in allErrors

/** The code with which something expected was refused; null when it was done. */
async function refusalOf(work: Promise<unknown>): Promise<ErrorCode | null> {
  try {
    await work
    return null
  } catch (error) {
    if (error instanceof AppError && isCode(error.code)) return error.code
    throw error
  }
}
