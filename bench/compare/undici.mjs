// One PUT for each row of a sheet, as somebody would write it in an hour: what the service answered is written down, and
// nothing is checked.
import { createReadStream, createWriteStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { Pool } from 'undici'

const [sheet, address, connections, out, key] = process.argv.slice(2)
const url = new URL(address)
const pool = new Pool(url.origin, { connections: Number(connections), pipelining: 1 })
const results = createWriteStream(out)
results.write('id,status\n')

// cells of one line; a cell may be in quotes, and holds no line break.
function cells(line) {
  const found = []
  for (let at = 0; at <= line.length;) {
    if (line[at] === '"') {
      let end = line.indexOf('"', at + 1)
      while (line[end + 1] === '"') end = line.indexOf('"', end + 2)
      found.push(line.slice(at + 1, end).replaceAll('""', '"'))
      at = end + 2
    } else {
      let end = line.indexOf(',', at)
      if (end < 0) end = line.length
      found.push(line.slice(at, end))
      at = end + 1
    }
  }
  return found
}

async function put(header, line) {
  const row = cells(line)
  const fields = {}
  for (let i = 1; i < header.length; i++) {
    if (row[i] !== '') fields[header[i]] = header[i] === 'deal_value' ? Number(row[i]) : row[i]
  }
  const { statusCode, body } = await pool.request({
    method: 'PUT',
    path: `${url.pathname}/opportunities/${row[0]}`,
    headers: { 'content-type': 'application/json', 'x-api-key': key },
    body: JSON.stringify(fields)
  })
  const answer = await body.json()
  results.write(`${row[0]},${statusCode === 200 && answer.success ? 'SUCCESS' : statusCode}\n`)
}

const lines = createInterface({ input: createReadStream(sheet), crlfDelay: Infinity })[Symbol.asyncIterator]()
const header = cells((await lines.next()).value)

async function worker() {
  for (let next = await lines.next(); !next.done; next = await lines.next()) {
    await put(header, next.value)
  }
}

await Promise.all(Array.from({ length: Number(connections) }, worker))
results.end()
await pool.close()
