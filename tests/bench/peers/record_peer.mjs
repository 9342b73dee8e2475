// Workload B by json-rules-engine: a rule for each clause, its points in the event. Reads records as lines of JSON.
//
//   node record_peer.mjs FOLDER < RECORDS    FOLDER holds node_modules; prints {"found": [[score, tier], …], "nanoseconds": median}
import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'

const { Engine } = createRequire(resolve(process.argv[2], 'package.json'))('json-rules-engine')
const test = (fact, operator, value) => ({ fact, operator, value })
const clauses = [
    [3000, test('employees', 'greaterThanInclusive', 200), test('employees', 'lessThan', 5000)],
    [2000, test('industry', 'in', ['design', 'agency', 'media'])],
    [2500, test('decision_makers', 'greaterThanInclusive', 1)],
    [-2500, test('region', 'equal', 'LATAM')],
    [1500, test('annual_revenue', 'greaterThanInclusive', 100000000)],
    [1000, test('plan', 'in', ['team', 'enterprise'])],
    [800, test('invites', 'greaterThanInclusive', 10)],
    [500, test('seats', 'greaterThanInclusive', 4), test('seats', 'lessThanInclusive', 50)],
    [700, test('seats', 'greaterThan', 50)],
    [-1000, test('days_since_seen', 'greaterThan', 30)],
    [-1500, test('days_since_seen', 'greaterThan', 90)],
    [500, test('plan', 'equal', 'free'), test('active_projects', 'greaterThanInclusive', 3)],
]
const engine = new Engine()
for (const [points, ...all] of clauses) engine.addRule({ conditions: { all }, event: { type: 'points', params: { points } } })

async function scored(record) {
    const { events } = await engine.run(record)
    let score = Math.floor(((Math.min(Math.max(record.active_projects, 1), 10) - 1) * 1000) / 9 + 0.5)
    for (const event of events) score += event.params.points
    score = Math.min(Math.max(score, 0), 10000)
    return [score, score >= 8000 ? 'A' : score >= 6000 ? 'B' : score >= 4000 ? 'C' : 'D']
}

const records = readFileSync(0, 'utf8').trim().split('\n').map(line => JSON.parse(line))
const found = []
for (const record of records) found.push(await scored(record))
const took = []
for (let turn = 0; turn < 3; ++turn)
    for (const record of records) {
        const started = process.hrtime.bigint()
        await scored(record)
        took.push(Number(process.hrtime.bigint() - started))
    }
took.sort((a, b) => a - b)
console.log(JSON.stringify({ found, nanoseconds: took[took.length >> 1] }))
