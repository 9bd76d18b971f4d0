import type { SheetProblem } from '@kaibo/contract/goods/sheet'
import type { CodeState, VirtualSku } from '@kaibo/contract/trade/virtual'
import { newId } from '@kaibo/kernel/ids'
import { Button } from '@kaibo/ui/control/button.tsx'
import { TextareaField } from '@kaibo/ui/control/field.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf } from '@kaibo/ui/data/hooks.ts'
import { Badge } from '@kaibo/ui/display/badge.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { toast } from '@kaibo/ui/overlay/toast-store.ts'
import { useState } from 'react'
import { Pager } from '../../components/list/pager.tsx'
import { usePages } from '../../components/list/use-pages.ts'
import { productsKey } from '../products/use-products.ts'
import { ProblemList } from '../sheets/problem-list.tsx'
import { type SheetUpload, UploadButton } from '../sheets/upload-button.tsx'
import { csvOfCodes } from './model.ts'
import { virtualKey } from './use-virtual.ts'

type CodePanelProps = { sku: VirtualSku; shopId: string }

const pageSize = 20
const tones = { free: 'success', given: 'plain', void: 'danger' } as const

/** The codes of a SKU: paste or upload new ones, look at the old ones masked. */
export function CodePanel({ sku, shopId }: CodePanelProps) {
  const t = useT()
  const [typed, setTyped] = useState('')
  const [problems, setProblems] = useState<readonly SheetProblem[]>([])
  const add = useActionOf(
    (upload: SheetUpload) =>
      api.virtual.importCodes({ shopId, skuId: sku.skuId, id: newId(), ...upload }),
    {
      refresh: [virtualKey(shopId), productsKey(shopId)],
      onDone: done => {
        setProblems(done.problems)
        if (done.problems.length > 0) return
        setTyped('')
        toast.success(t('virtual.imported', { count: done.addedCount, known: done.knownCount }))
      },
    },
  )
  const paste = () => {
    const bytes = new TextEncoder().encode(csvOfCodes(typed))
    add.run({ bytes, contentType: 'application/octet-stream' })
  }
  return (
    <div className="k-stack">
      <TextareaField
        label={t('virtual.paste')}
        hint={t('virtual.pasteHint')}
        rows={5}
        value={typed}
        onChange={event => setTyped(event.target.value)}
      />
      <div className="form-foot">
        <UploadButton label={t('virtual.upload')} busy={add.busy} onFile={add.run} />
        <Button tone="primary" busy={add.busy} disabled={typed.trim() === ''} onClick={paste}>
          {t('virtual.add')}
        </Button>
      </div>
      {problems.length > 0 && <ProblemList problems={problems} />}
      <CodeList sku={sku} shopId={shopId} />
    </div>
  )
}

function CodeList({ sku: { skuId }, shopId }: CodePanelProps) {
  const t = useT()
  const pages = usePages([...virtualKey(shopId), 'codes', skuId], cursor =>
    api.virtual.codes({ shopId, skuId, limit: pageSize, ...cursor }),
  )
  const drop = useActionOf((id: string) => api.virtual.voidCode({ shopId, skuId, id }), {
    refresh: [virtualKey(shopId), productsKey(shopId)],
  })
  return (
    <section aria-label={t('virtual.codes')}>
      <ul className="code-list">
        {pages.items.map(({ id, masked, state }) => (
          <li key={id}>
            <code>{masked}</code>
            <CodeBadge state={state} />
            {state === 'free' && (
              <Button size="s" busy={drop.busy} onClick={() => drop.run(id)}>
                {t('virtual.void')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <Pager pages={pages} />
    </section>
  )
}

function CodeBadge({ state }: { state: CodeState }) {
  const t = useT()
  return <Badge tone={tones[state]}>{t(`virtual.codeState.${state}`)}</Badge>
}
