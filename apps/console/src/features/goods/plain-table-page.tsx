import { Button } from '@kaibo/ui/control/button.tsx'
import { useActionOf } from '@kaibo/ui/data/hooks.ts'
import { Empty } from '@kaibo/ui/feedback/empty.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { Dialog } from '@kaibo/ui/overlay/dialog.tsx'
import type { QueryKey } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { FormDrawer } from '../../components/form/form-drawer.tsx'
import type { Column } from '../../components/list/data-table.tsx'
import { ResourcePage } from '../../components/list/resource-page.tsx'
import { useFilters } from '../../components/list/use-filters.ts'
import { NameFields } from './name-form.tsx'

type Row = { id: string; name: string; nameEn?: string }

type PlainTablePageProps<T extends Row> = {
  /** Its words: `<words>.title`, `.hint`, `.new`, `.edit`, `.empty`, `.search`, `.removeBody`. */
  words: 'brands' | 'tags' | 'documentTypes'
  queryKey: QueryKey
  resource: {
    list: (page: { q?: string; cursor?: string; limit: number }) => Promise<{
      items: T[]
      next: string | null
    }>
    create: (row: T) => Promise<T>
    update: (row: T) => Promise<T>
    remove: (row: { id: string }) => Promise<unknown>
  }
  blank: () => T
  columns: readonly Column<T>[]
  /** What a form asks for beside the names. */
  fields: (row: T, change: (fields: Partial<T>) => void) => ReactNode
  canChange?: boolean
}

/** A plain table of the contract's `resource`: its list, its form, and removing with a question. */
export function PlainTablePage<T extends Row>(props: PlainTablePageProps<T>) {
  const { words, queryKey, resource, columns, canChange = true, blank } = props
  const t = useT()
  const [filters, change] = useFilters({ q: '' })
  const [edited, setEdited] = useState<{ row: T; isNew: boolean } | null>(null)
  const open = () => setEdited({ row: blank(), isNew: true })
  return (
    <ResourcePage<T, 'q'>
      id={words}
      title={t(`${words}.title`)}
      hint={t(`${words}.hint`)}
      newLabel={t(`${words}.new`)}
      onNew={canChange ? open : undefined}
      filters={filters}
      onFilter={change}
      search={{ filter: 'q', label: t(`${words}.search`) }}
      queryKey={queryKey}
      ask={page => resource.list({ ...page, ...(filters.q === '' ? {} : { q: filters.q }) })}
      columns={columns}
      rowKey={row => row.id}
      rowName={row => row.name}
      card={row => <b className="k-clamp">{row.name}</b>}
      {...(canChange ? { onOpen: (row: T) => setEdited({ row, isNew: false }) } : {})}
      empty={<Empty icon="tag" title={t(`${words}.empty`)} />}
    >
      {edited && (
        <RowDrawer key={edited.row.id} {...props} {...edited} onClose={() => setEdited(null)} />
      )}
    </ResourcePage>
  )
}

/** What something is called, in both languages. */
export function useNameColumns<T extends Row>(): Column<T>[] {
  const t = useT()
  return [
    { key: 'name', title: t('goods.name'), cell: ({ name }) => <b>{name}</b> },
    { key: 'nameEn', title: t('goods.nameEn'), cell: ({ nameEn }) => nameEn },
  ]
}

type RowDrawerProps<T extends Row> = PlainTablePageProps<T> & {
  row: T
  isNew: boolean
  onClose: () => void
}

function RowDrawer<T extends Row>(props: RowDrawerProps<T>) {
  const { words, queryKey, resource, fields, isNew, onClose } = props
  const t = useT()
  const [row, setRow] = useState(props.row)
  const [isRemoving, setRemoving] = useState(false)
  const change = (fields: Partial<T>) => setRow({ ...row, ...fields })
  const done = { refresh: [queryKey], onDone: onClose }
  const save = useActionOf(() => (isNew ? resource.create(row) : resource.update(row)), done)
  const remove = useActionOf(() => resource.remove({ id: row.id }), done)
  return (
    <FormDrawer
      open
      onClose={onClose}
      title={t(isNew ? `${words}.new` : `${words}.edit`)}
      submitLabel={t('goods.save')}
      busy={save.busy}
      onSubmit={() => {
        if (row.name.trim() !== '') save.run(undefined)
      }}
    >
      <NameFields {...row} onChange={named => setRow({ ...row, ...named })} />
      {fields(row, change)}
      {!isNew && (
        <Button tone="danger" size="s" onClick={() => setRemoving(true)}>
          {t('goods.remove')}
        </Button>
      )}
      <Dialog
        open={isRemoving}
        onClose={() => setRemoving(false)}
        onConfirm={() => remove.run(undefined)}
        busy={remove.busy}
        tone="danger"
        title={t('goods.removeTitle', { name: row.name })}
        confirmLabel={t('goods.remove')}
      >
        {t(`${words}.removeBody`)}
      </Dialog>
    </FormDrawer>
  )
}
