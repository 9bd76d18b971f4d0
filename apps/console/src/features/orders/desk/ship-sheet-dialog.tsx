import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf } from '@kaibo/ui/data/hooks.ts'
import { useLanguage, useT } from '@kaibo/ui/i18n.ts'
import { Modal } from 'antd'
import { useState } from 'react'
import { useMyShop } from '../../account/workplace.tsx'
import { ProblemList } from '../../sheets/problem-list.tsx'
import { type SheetUpload, UploadButton } from '../../sheets/upload-button.tsx'
import { ordersKey } from '../use-orders.ts'

type Report = Awaited<ReturnType<typeof api.ship.shipSheet>>

/** Ships many orders by a file: each row by itself, and what was wrong with which row. */
export function ShipSheetDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useT()
  const shop = useMyShop()
  const [language] = useLanguage()
  const [report, setReport] = useState<Report>()
  const upload = useActionOf(
    (file: SheetUpload) => api.ship.shipSheet({ shopId: shop.id, ...file }),
    { refresh: [[...ordersKey(shop.id)]], onDone: setReport },
  )
  const close = () => {
    setReport(undefined)
    onClose()
  }
  return (
    <Modal open={open} onCancel={close} title={t('desk.shipSheet')} footer={null} width={560}>
      <div className="k-stack">
        <p className="k-muted">
          {t('desk.sheet.hint')}{' '}
          <a
            href={`/api/shops/${shop.id}/parcel-sheets/template?format=xlsx&language=${language === 'en' ? 'en' : 'zh'}`}
            download
          >
            {t('desk.sheet.template')}
          </a>
        </p>
        <UploadButton
          tone="primary"
          label={t('desk.sheet.choose')}
          busy={upload.busy}
          onFile={upload.run}
        />
        {report && <Result report={report} />}
      </div>
    </Modal>
  )
}

function Result({ report }: { report: Report }) {
  const t = useT()
  const { rowCount, shippedCount, problems } = report
  return (
    <section className="k-stack" role="status">
      <strong>{t('desk.sheet.done', { count: shippedCount, of: rowCount })}</strong>
      {problems.length > 0 && <ProblemList problems={problems} />}
    </section>
  )
}
