import type { ProductImport } from '@kaibo/contract/goods/productsheet'
import { Button } from '@kaibo/ui/control/button.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { Modal, Progress } from 'antd'
import { fileIdsOf } from '../pictures/model.ts'
import { PicturesField } from '../pictures/pictures-field.tsx'
import { usePictures } from '../pictures/use-pictures.ts'
import { DownloadMenu } from '../sheets/download-menu.tsx'
import { ProblemList } from '../sheets/problem-list.tsx'
import { Sums } from '../sheets/sums.tsx'
import { UploadButton } from '../sheets/upload-button.tsx'
import { useImport } from './use-import.ts'

type ImportDialogProps = { open: boolean; onClose: () => void; shopId: string }

/** Template, file, what it would do, and then doing it: nothing is changed before the last step. */
export function ImportDialog({ open, onClose, shopId }: ImportDialogProps) {
  const t = useT()
  return (
    <Modal
      open={open}
      onCancel={onClose}
      title={t('productSheet.import')}
      footer={null}
      width={640}
      destroyOnHidden
    >
      <Import shopId={shopId} onClose={onClose} />
    </Modal>
  )
}

function Import({ shopId, onClose }: Pick<ImportDialogProps, 'shopId' | 'onClose'>) {
  const t = useT()
  const { import: view, check, apply, forget } = useImport(shopId)
  const pictures = usePictures([], 1)
  if (view === null) return <FileStep shopId={shopId} check={check} />
  const goodCount = view.createCount + view.updateCount
  const needsPicture = view.state === 'checked' && view.pictureMissingCount > 0
  const report = `/shops/${shopId}/product-imports/${view.id}/report`
  return (
    <div className="k-stack">
      <Sums
        sums={[
          { label: t('productSheet.create'), count: view.createCount },
          { label: t('productSheet.update'), count: view.updateCount },
          { label: t('productSheet.bad'), count: view.badCount + view.failedCount, isBad: true },
        ]}
      />
      {needsPicture && (
        <PicturesField
          label={t('productSheet.picture')}
          hint={t('productSheet.pictureHint', { count: view.pictureMissingCount })}
          pictures={pictures}
        />
      )}
      {view.problems.length > 0 && <ProblemList problems={view.problems} />}
      {view.state !== 'checked' && <Done view={view} goodCount={goodCount} />}
      <div className="form-foot">
        {view.problemCount > 0 && <DownloadMenu label={t('productSheet.report')} path={report} />}
        {view.state === 'done' ? (
          <Button tone="primary" onClick={onClose}>
            {t('productSheet.close')}
          </Button>
        ) : (
          <>
            <Button onClick={forget}>{t('productSheet.another')}</Button>
            <Button
              tone="primary"
              disabled={goodCount === 0 || view.state === 'applying'}
              busy={apply.busy || view.state === 'applying'}
              onClick={() => apply.run(fileIdsOf(pictures.list)[0] ?? null)}
            >
              {t('productSheet.apply', { count: goodCount })}
            </Button>
          </>
        )}
      </div>
    </div>
  )
}

type FileStepProps = { shopId: string; check: ReturnType<typeof useImport>['check'] }

function FileStep({ shopId, check }: FileStepProps) {
  const t = useT()
  return (
    <div className="k-stack">
      <p>{t('productSheet.hint')}</p>
      <div className="form-foot">
        <DownloadMenu
          label={t('productSheet.template')}
          path={`/shops/${shopId}/product-sheet-template`}
        />
        <UploadButton
          label={t('productSheet.choose')}
          tone="primary"
          busy={check.busy}
          onFile={check.run}
        />
      </div>
    </div>
  )
}

function Done({ view, goodCount }: { view: ProductImport; goodCount: number }) {
  const t = useT()
  const settledCount = view.doneCount + view.failedCount
  const percent = goodCount === 0 ? 100 : Math.round((settledCount / goodCount) * 100)
  return (
    <div aria-live="polite">
      <Progress percent={percent} status={view.failedCount > 0 ? 'exception' : 'normal'} />
      <p className="k-muted">
        {t('productSheet.progress', { done: view.doneCount, failed: view.failedCount })}
      </p>
    </div>
  )
}
