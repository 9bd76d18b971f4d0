import type { Order, Receiver } from '@kaibo/contract/trade/order'
import { api } from '@kaibo/ui/data/api.tsx'
import { useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { useT } from '@kaibo/ui/i18n.ts'
import { useFormat } from '@kaibo/ui/use-format.ts'
import { useEffect, useEffectEvent } from 'react'
import { createPortal } from 'react-dom'
import { useWorkplace } from '../../account/workplace.tsx'
import { specText, unitCount } from '../model.ts'

/**
 * Packing lists of orders, one a sheet, handed to the printer as soon as their receivers are known;
 * a look at receivers in full is recorded.
 */
export function PackingLists({ orders, onDone }: { orders: readonly Order[]; onDone: () => void }) {
  const { can } = useWorkplace()
  const isFull = can('order.reveal')
  const ids = orders.map(order => order.id)
  const receivers = useQueryOf(
    ['packing', ...ids],
    async () =>
      new Map(
        await Promise.all(
          orders.map(
            async ({ id, shop, receiver }): Promise<[string, Receiver | null]> => [
              id,
              isFull && receiver ? await api.order.reveal({ shopId: shop.id, id }) : receiver,
            ],
          ),
        ),
      ),
    { enabled: orders.length > 0 },
  )
  const done = useEffectEvent(onDone)
  const isReady = orders.length > 0 && receivers.data !== undefined
  useEffect(() => {
    if (!isReady) return
    window.print()
    done()
  }, [isReady])
  if (!isReady) return null
  return createPortal(
    <div className="packing-lists">
      {orders.map(order => (
        <PackingList
          key={order.id}
          order={order}
          receiver={receivers.data?.get(order.id) ?? null}
        />
      ))}
    </div>,
    document.body,
  )
}

function PackingList({ order, receiver }: { order: Order; receiver: Receiver | null }) {
  const t = useT()
  const format = useFormat()
  return (
    <section className="packing-list">
      <header>
        <h1>{t('packing.title')}</h1>
        <strong>{order.shop.name}</strong>
      </header>
      <p>
        {order.number} · {format.dateTime(order.createdAt)}
      </p>
      {receiver && (
        <p>
          <strong>
            {receiver.name} {receiver.phone}
          </strong>
          <br />
          {receiver.address}
        </p>
      )}
      <table>
        <thead>
          <tr>
            <th>{t('packing.goods')}</th>
            <th>{t('packing.spec')}</th>
            <th>{t('packing.quantity')}</th>
            <th>✓</th>
          </tr>
        </thead>
        <tbody>
          {order.lines.map(line => (
            <tr key={line.id}>
              <td>{line.title}</td>
              <td>{specText(line.spec)}</td>
              <td>{line.quantity}</td>
              <td />
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <td colSpan={2}>{t('packing.total')}</td>
            <td>{unitCount(order.lines)}</td>
            <td />
          </tr>
        </tfoot>
      </table>
      {order.note && <p>{t('packing.note', { note: order.note })}</p>}
      {order.merchantNote && <p>{t('packing.own', { note: order.merchantNote })}</p>}
    </section>
  )
}
