import { Price } from '@kaibo/ui/display/price.tsx'
import { Skeleton } from '@kaibo/ui/feedback/skeleton.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { Modal } from 'antd'
import { lazy, Suspense } from 'react'
import { parseYuan } from '../../../components/form/yuan.ts'
import type { ProductForm } from '../form-model.ts'
import { rowName, rowsOf } from '../spec-model.ts'
import './preview.css'

const DetailText = lazy(async () => ({
  default: (await import('./detail-text.tsx')).DetailText,
}))

type PreviewProps = {
  open: boolean
  onClose: () => void
  form: ProductForm
  pictureUrls: readonly string[]
  videoUrl: string | null
}

/** The page as a buyer's phone shows it, from what is typed now. */
export function Preview({ open, onClose, ...page }: PreviewProps) {
  const t = useT()
  return (
    <Modal
      open={open}
      onCancel={onClose}
      footer={null}
      width={420}
      title={t('product.preview')}
      destroyOnHidden
    >
      <Phone {...page} />
    </Modal>
  )
}

function Phone({ form, pictureUrls, videoUrl }: Omit<PreviewProps, 'open' | 'onClose'>) {
  const t = useT()
  const rows = rowsOf(form.matrix)
  const prices = rows
    .filter(row => row.draft.isOffered)
    .flatMap(row => parseYuan(row.draft.priceText) ?? [])
    .toSorted((a, b) => a - b)
  const [lowest] = prices
  const strikes = rows.flatMap(row =>
    row.draft.strike === 'none' ? [] : (parseYuan(row.draft.strikeText) ?? []),
  )
  return (
    <article className="preview">
      <div className="preview-gallery">
        {videoUrl && (
          <video src={videoUrl} controls muted preload="metadata" aria-label={t('product.video')} />
        )}
        {pictureUrls.map(url => (
          <img key={url} src={url} alt="" />
        ))}
      </div>
      <p className="preview-price">
        {lowest !== undefined && <Price fen={lowest} size="l" />}
        {lowest !== prices.at(-1) && <span className="k-muted">{t('product.from')}</span>}
        {strikes[0] !== undefined && (
          <del className="k-muted">
            <Price fen={strikes[0]} size="s" tone="plain" />
          </del>
        )}
      </p>
      <h2>{form.title || t('product.title')}</h2>
      {form.subtitle && <p className="k-muted">{form.subtitle}</p>}
      <ul className="preview-specs">
        {rows
          .filter(row => rowName(row) !== '')
          .map(row => (
            <li key={row.key} data-off={!row.draft.isOffered || undefined}>
              {rowName(row)}
            </li>
          ))}
      </ul>
      <p className="k-muted">
        {form.noReturn ? t(`product.noReturnKind.${form.noReturn}`) : t('product.mayReturn')}
      </p>
      {form.description && <p className="preview-text">{form.description}</p>}
      {form.detail && (
        <Suspense fallback={<Skeleton height="120px" />}>
          <DetailText html={form.detail} />
        </Suspense>
      )}
    </article>
  )
}
