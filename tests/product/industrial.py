"""A case with parks, policies by level, tax, debts and an airshed, small enough to work out by hand, and decisions for it.

Three cities: n (Capital) is 50 minutes from s and 110 from s2 (both Province). Everything starts in 2026-2030 and serves at
once. Worked out, for each period of five years:

- *plant*, two phases of 1,000 jobs in s: half of its jobs need skilled people, of whom s has 600. *parts*, 400 jobs in s
  that need none, is its partner in a chain: 0.1 x 400 = 40 bonus jobs, 20 of them the plant's. So 0.5 x (jobs + 20) = 600:
  the plant has 1,180 productive jobs of 2,000.
- *far*, one phase of 500 jobs in s2, must reach n within 60 minutes: none of its jobs is productive.
- *mill*, a plant of s, closes: 300 jobs end, and 3 kt. Emissions 9 + 2 x 1.18 - 1 (filters) - 3 = 7.36 kt of 9.
- Jobs of s: 40,000 + 1,180 + 400 + 40 - 300 = 41,320 for 100,000 people: 413.2 per 1,000 instead of 400.
- Tax of the plant 0.1 x 1.18 x 5 = 0.59 a period, a tenth of which the capital loses, half of which it gets in the first
  period; of parts 0.05 x 5 = 0.25.
- Capital of the parks 4 + 1 + 1: of the plant's, investors pay 0.25 x 4 = 1 by themselves and 0.15 x 4 = 0.6 for the credit.
  The public part, with 0.2 for the mill, 0.1 for filters, 0.2 for the credit and 0.1 for the grant, is 5; running costs
  are 5 x (0.1 + 0.02 + 0.02 + 0.01 + 0.01) = 0.8 a period. Province has 4, gets 0.3 x 2 = 0.6 from the capital and borrows
  the other 1.2, which grows to 1.2 x 1.02^5 = 1.3249 in 2031-2035 and is repaid then: it has 1.5 and 0.545 of tax, pays 0.8
  and gets the missing 0.0799 from the capital.
- Own gaps of the province: (2 x 0.1736 + 0.25) / 3 + 0.5 x 0.25 = 0.3241. Alone it has only parts, 404 per 1,000:
  (2 x 0.192 + 0.25) / 3 + 0.125 = 0.3363.
"""

from __future__ import annotations

from pathlib import Path

CASE = """\
format: 1
title: Plant and parts
money: {unit: bn CNY, prices: 2023}
periods: [2026-2030, 2031-2035, 2036-2040]
modes:
  road: {boarding_minutes: 0}
industries: {cars: {name: Cars, max_hosts: 1}, parts: {name: Car parts}}
chains: {supply: {industries: [cars, parts], minutes: 90, bonus: 0.1}}
airsheds: {plain: {unit: kt SO2, existing: 9, cap: 9}}
work:
  jobs: {kind: target}
  cliff: {kind: core, of: output, share: 0.5}
effects:
  treaty:
    - {share_tax: {where: {kind: park, id: plant}, share: 0.5, periods: 1}}
    - {allow_transfer: {from: capital, to: province, at_most_share: 0.3}}
  credit: [{private_share: {where: {id: plant}, plus: 0.15}}]
  rezoning: [{add_land: {cities: [s], km2: 2}}]
  filters: [{lower_emissions: {airshed: plain, by: 1}}]
lines:
  capital: {holder: Capital, pays_for: [{jurisdiction: Capital}], carry_over: true, gets_tax: true}
  province:
    holder: Province
    pays_for: [{jurisdiction: Province}]
    carry_over: true
    gets_tax: true
    borrow: {limit: 5, interest: 0.02}
pyramid: {at_most_share: {incentive: 0.2, subsidy: 0.05}, subsidy_periods: 2, barriers_first: [customs]}
gates: [{id: not-too-many, where: {id: far}, indicator: jobs, at_least: 100}]
no_city_loses: false
nobody_worse_off: true
goals:
  - {minimise: {gaps: 1, worst_city: 0.5}, weights: {jobs: 1}}
  - {minimise: spending}
"""

TABLES = {
    "cities": """\
id,jurisdiction,tier,lat,lon,population,jobs,jobs_target,skilled,land_quota_km2,airshed,gdp
n,Capital,core,40,116,200000,100000,100000,,,,400
s,Province,small,39.5,116,100000,40000,50000,600,10,plain,60
s2,Province,small,39,116,50000,15000,20000,,,plain,25
""",
    "links": """\
id,from,to,mode,minutes
north-road,n,s,road,50
south-road,s,s2,road,60
""",
    "measures": """\
id,name,kind,city,capital_cost,running_cost,units,build_years,life_years,level,signed_by,private_share,payers
plant,Car plant,park,s,2,0.05,2,0,,,,0.25,
parts,Parts works,park,s,1,0.02,1,0,,,,,
far,Far works,park,s2,1,0.02,1,0,,,,,
mill,Old mill,closure,s,0.2,0,1,0,,,,,
filters,Filters,abatement,s,0.1,0.01,1,0,,,,,
customs,No customs,policy,,0,0,1,0,,barrier_removal,Capital;Province,,
treaty,Tax treaty,policy,,0,0,1,0,,supportive,Capital;Province,,
credit,Credit,policy,,0.2,0.01,1,0,,incentive,Province,,
rezoning,Rezoning,policy,,0,0,1,0,,auxiliary,Province,,
grant,Grant for s,policy,s,0.1,0,1,0,5,subsidy,Province,,
""",
    "parks": """\
measure,origin,form,industry,area_km2,jobs,skilled_share,output,tax,emissions,origin_minutes,moved_share
plant,n,duplication,cars,4,1000,0.5,3,0.1,2,60,0.1
parts,,,parts,1,400,0,1,0.05,,,
far,n,enclave,parts,2,500,0,1,0.05,,60,
mill,,,,,300,,,,3,,
""",
    "budgets": """\
line,period,amount
capital,2030,2
capital,2035,2
capital,2040,2
province,2030,4
province,2035,1.5
province,2040,1.5
""",
}

DECISIONS = {
    (name, "2030"): 2.0 if name == "plant" else 1.0
    for name in ("plant", "parts", "far", "mill", "filters", "customs", "treaty", "credit", "rezoning", "grant")
}


def write_files(folder: Path) -> Path:
    """Write the case into a folder, which is made."""
    folder.mkdir(parents=True)
    (folder / "case.yaml").write_text(CASE, encoding="utf-8")
    for name, text in TABLES.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder
