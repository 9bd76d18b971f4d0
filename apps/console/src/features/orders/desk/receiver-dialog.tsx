import type { Order } from '@kaibo/contract/trade/order'
import { Button } from '@kaibo/ui/control/button.tsx'
import { TextField } from '@kaibo/ui/control/field.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf } from '@kaibo/ui/data/hooks.ts'
import { useT } from '@kaibo/ui/i18n.ts'
import { RegionFields } from '@kaibo/ui/region/region-fields.tsx'
import { Modal } from 'antd'
import { useState } from 'react'
import { ordersKey } from '../use-orders.ts'

type ReceiverDialogProps = { order: Order; open: boolean; onClose: () => void }

/** Sends an order elsewhere, as the buyer asked: only where shipping costs the same. */
export const ReceiverDialog = ({ order, open, onClose }: ReceiverDialogProps) => {
  const t = useT()
  return (
    <Modal
      open={open}
      onCancel={onClose}
      title={t('desk.receiver.title')}
      footer={null}
      destroyOnHidden
      width={520}
    >
      <ReceiverForm order={order} onDone={onClose} />
    </Modal>
  )
}

function ReceiverForm({ order, onDone }: { order: Order; onDone: () => void }) {
  const t = useT()
  const [typed, setTyped] = useState({ name: '', phone: '', regionCode: '', detail: '' })
  const set = (change: Partial<typeof typed>) => setTyped({ ...typed, ...change })
  const save = useActionOf(
    () => api.orderdesk.setReceiver({ shopId: order.shop.id, id: order.id, ...typed }),
    { refresh: [[...ordersKey(order.shop.id)]], onDone },
  )
  const isWhole =
    typed.name.trim() !== '' &&
    /^1[3-9]\d{9}$/.test(typed.phone) &&
    typed.regionCode !== '' &&
    typed.detail.trim() !== ''
  return (
    <form
      className="k-stack"
      onSubmit={event => {
        event.preventDefault()
        if (isWhole) save.run(undefined)
      }}
    >
      <p className="k-muted">{t('desk.receiver.hint')}</p>
      <div className="form-pair">
        <TextField
          label={t('desk.receiver.name')}
          value={typed.name}
          maxLength={40}
          onChange={event => set({ name: event.target.value })}
        />
        <TextField
          label={t('desk.receiver.phone')}
          value={typed.phone}
          inputMode="numeric"
          maxLength={11}
          onChange={event => set({ phone: event.target.value.replaceAll(/\D/g, '') })}
        />
      </div>
      <RegionFields value={typed.regionCode} onChange={regionCode => set({ regionCode })} />
      <TextField
        label={t('desk.receiver.detail')}
        value={typed.detail}
        maxLength={120}
        onChange={event => set({ detail: event.target.value })}
      />
      <div className="form-foot">
        <Button onClick={onDone}>{t('desk.back')}</Button>
        <Button type="submit" tone="primary" busy={save.busy} disabled={!isWhole}>
          {t('desk.receiver.save')}
        </Button>
      </div>
    </form>
  )
}
