import type { SheetProblem } from '@kaibo/contract/sheet'
import { Button } from '@kaibo/ui/control/button.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf } from '@kaibo/ui/data/hooks.ts'
import { useLanguage, useT } from '@kaibo/ui/i18n.ts'
import { Modal } from 'antd'
import { useRef, useState } from 'react'
import { useMyShop } from '../../account/workplace.tsx'
import { ordersKey } from '../use-orders.ts'

type Report = Awaited<ReturnType<typeof api.ship.shipSheet>>

/** Ships many orders by a file: each row by itself, and what was wrong with which row. */
export function ShipSheetDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useT()
  const shop = useMyShop()
  const [language] = useLanguage()
  const [report, setReport] = useState<Report>()
  const picker = useRef<HTMLInputElement>(null)
  const upload = useActionOf(
    async (file: File) =>
      api.ship.shipSheet({
        shopId: shop.id,
        bytes: new Uint8Array(await file.arrayBuffer()),
        contentType: 'application/octet-stream',
      }),
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
        <input
          ref={picker}
          type="file"
          hidden
          accept=".csv,.xlsx"
          aria-label={t('desk.sheet.choose')}
          onChange={event => {
            const [file] = event.target.files ?? []
            if (file) upload.run(file)
            event.target.value = ''
          }}
        />
        <Button tone="primary" busy={upload.busy} onClick={() => picker.current?.click()}>
          {t('desk.sheet.choose')}
        </Button>
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
      {problems.length > 0 && <Problems problems={problems} />}
    </section>
  )
}

function Problems({ problems }: { problems: readonly SheetProblem[] }) {
  const t = useT()
  const [language] = useLanguage()
  return (
    <ol className="sheet-problems">
      {problems.map(problem => (
        <li key={`${problem.row} ${problem.column} ${problem.code}`}>
          <span className="k-num">{t('desk.sheet.row', { row: problem.row })}</span>
          {language === 'en' ? problem.en : problem.zh}
        </li>
      ))}
    </ol>
  )
}
