import { useState } from 'react'
import { Button } from '../src/control/button.tsx'
import { TextField } from '../src/control/field.tsx'
import { List, ListItem } from '../src/display/list.tsx'
import { Price } from '../src/display/price.tsx'
import { useT } from '../src/i18n.ts'
import { Dialog } from '../src/overlay/dialog.tsx'
import { Sheet } from '../src/overlay/sheet.tsx'
import { toast } from '../src/overlay/toast-store.ts'
import { Group } from './toolbar.tsx'

export function Overlays() {
  const t = useT()
  const [open, setOpen] = useState<'sheet' | 'drawer' | 'dialog' | null>(null)
  const close = () => setOpen(null)
  return (
    <Group title={t('group.overlays')}>
      <div className="g-wrap">
        <Button onClick={() => setOpen('sheet')}>{t('overlay.sheet')}</Button>
        <Button onClick={() => setOpen('drawer')}>{t('overlay.drawer')}</Button>
        <Button onClick={() => setOpen('dialog')}>{t('overlay.dialog')}</Button>
        <Button onClick={() => toast.success(t('overlay.copied'))}>{t('overlay.toast')}</Button>
        <Button onClick={() => toast.error(t('overlay.failed'))}>{t('overlay.toastError')}</Button>
      </div>
      <BagSheet open={open === 'sheet'} onClose={close} />
      <Sheet
        open={open === 'drawer'}
        onClose={close}
        title={t('overlay.drawer')}
        side="end"
        footer={
          <Button tone="primary" onClick={close}>
            {t('action.later')}
          </Button>
        }
      >
        <TextField label={t('field.name')} />
      </Sheet>
      <Dialog
        open={open === 'dialog'}
        onClose={close}
        onConfirm={close}
        tone="danger"
        title={t('overlay.dialogTitle')}
        confirmLabel={t('action.endLive')}
      >
        {t('overlay.dialogBody')}
      </Dialog>
    </Group>
  )
}

/** A sheet that asks before it acts: a dialog above a sheet. */
function BagSheet({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useT()
  const [asks, setAsks] = useState(false)
  const confirm = () => {
    setAsks(false)
    toast.success(t('overlay.copied'))
  }
  return (
    <Sheet
      open={open}
      onClose={onClose}
      title={t('overlay.sheetTitle')}
      tall
      footer={
        <Button tone="primary" wide onClick={() => setAsks(true)}>
          {t('action.checkout')}
        </Button>
      }
    >
      <List>
        {Array.from(Array(12).keys(), place => (
          <ListItem
            key={place}
            lead={<span className="g-thumb k-num">{place + 1}</span>}
            title={t('sample.longName')}
            body={t('sample.stock', { count: 120 - place * 7 })}
            trail={<Price fen={(place + 1) * 2_990} />}
          />
        ))}
      </List>
      <Dialog
        open={asks}
        onClose={() => setAsks(false)}
        onConfirm={confirm}
        title={t('overlay.dialogTitle')}
      >
        {t('overlay.dialogBody')}
      </Dialog>
    </Sheet>
  )
}
