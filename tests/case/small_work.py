"""A small case with industry, a policy pyramid and money between lines, as texts."""

from __future__ import annotations

from collections.abc import Mapping

CASE = """\
format: 1
title: Industry in four cities
money: {unit: bn CNY, prices: 2023}
periods: [2026-2030, 2031-2035]
modes:
  road: {boarding_minutes: 0, border_minutes: 30}
services:
  college: {unit: places, per_1000: 20, catchment_minutes: 60, graduates_per_place_year: 0.25, stay_share: 0.5}
access:
  core: {kind: nearest, from: {tier: small}, to: {tier: core}, standard_minutes: 60, worst_minutes: 120}
industries:
  pharma: {name: Biopharmaceuticals, max_hosts: 2}
  machinery: {}
chains:
  drug-supply: {industries: [pharma, machinery], minutes: 90, bonus: 0.1}
  workshops: {industries: [machinery, machinery], minutes: 60, bonus: 0.05}
airsheds:
  plain: {unit: kt SO2, existing: {2030: 100, 2035: 90}, cap: 110}
  hills: {unit: kt SO2}
work:
  jobs: {kind: target}
  lag: {kind: core, of: output, share: 0.8, where: {tier: [core, small]}}
  jobs-lag: {kind: core, core: {city: Metro}}
pyramid: {at_most_share: {subsidy: 0.05, incentive: 0.2}, subsidy_periods: 1, barriers_first: [no-checks]}
gates:
  - {id: colleges-first, where: {industry: pharma}, indicator: college, at_least: 5}
  - {id: roads-first, where: {kind: park, form: [enclave, incubation]}, indicator: core, at_most: 110}
effects:
  no-checks: [{border_minutes: {between: [Capital, Province], modes: [road], set: 0}}]
  guarantee: [{private_share: {where: {kind: park}, plus: 0.3}}]
  tax-treaty: [{share_tax: {where: {kind: park}, share: 0.4, periods: 1}}]
  solidarity: [{allow_transfer: {from: capital, to: province, at_most_share: 0.3}}]
  zoning:
    - {add_land: {where: {jurisdiction: Province}, km2: 5}}
    - {add_land: {cities: [Metro], km2: 1}}
  filters: [{lower_emissions: {airshed: plain, by: 3}}]
  rebate: [{private_share: {where: {id: tools-inland}, plus: 0.2}}]
lines:
  capital: {holder: Capital, pays_for: [{jurisdiction: Capital}], carry_over: true, gets_tax: true}
  province:
    holder: Province
    pays_for: [{jurisdiction: Province}]
    gets_tax: true
    borrow: {limit: 5, interest: 0.04}
  fund: {holder: a fund, pays_for: [{industry: [pharma, machinery]}, {level: subsidy}, {origin: Metro}, {kind: abatement}]}
targets:
  - {id: border-jobs, indicator: jobs, where: {city: Border}, by: 2035, at_least: 400}
  - {id: inland-output, indicator: lag, where: {city: Inland}, at_least: 0.0001}
rules:
  - {id: some-jobs, of: jobs, where: {kind: park, tier: small}, at_least: 1000}
  - {id: little-land, of: land, where: {industry: machinery}, at_most: 0.5, share_of: {kind: park}}
nobody_worse_off: true
goals:
  - {minimise: gaps, where: {jurisdiction: Province}, weights: {jobs: 1, lag: 1, core: 1}}
  - {minimise: {gaps: 1, emissions: 0.01}}
  - {minimise: spending}
scenarios:
  dirtier:
    description: Parks emit more, and the industry of machinery comes to Inland with fewer jobs.
    edits:
      - {table: parks, where: {industry: machinery, city: Inland}, column: jobs, multiply: 0.5}
      - {table: parks, where: {kind: park, jurisdiction: Province}, column: emissions, add: 1}
      - {table: cities, where: {airshed: plain}, column: skilled, set: 20000}
  strict:
    based_on: dirtier
    edits:
      - {key: airsheds.plain.cap, set: 105}
      - {table: measures, where: {level: subsidy}, column: status, set: ruled_out}
      - {table: measures, where: {form: incubation}, column: units, set: 1}
      - {table: measures, where: {origin: Metro, industry: pharma}, column: private_share, set: 0.1}
      - {table: cities, where: {city: Border}, column: jobs_target_2035, set: 900000}
      - {key: gates.roads-first.at_most, set: 100}
      - {key: chains.drug-supply.bonus, multiply: 2}
      - {key: pyramid.subsidy_periods, set: 2}
"""

CITIES = """\
id,jurisdiction,tier,lat,lon,population,gdp,jobs,jobs_target,jobs_target_2030,jobs_target_2035,skilled,land_quota_km2,airshed
Metro,Capital,core,39.9,116.4,5000000,4000,3000000,,,,50000,10,plain
Border,Province,small,39.3,117.0,1500000,600,700000,,750000,800000,5000,4,plain
Inland,Province,small,38.4,117.3,1000000,400,450000,500000,,,,,hills
Hill,Province,small,38.9,116.1,400000,100,150000,,,,,,
"""

CAPACITY = """\
city,service,capacity
Metro,college,110000
Border,college,20000
Inland,college,10000
Hill,college,0
"""

LINKS = """\
id,from,to,mode,minutes,needs
road-a,Metro,Border,road,60,
road-b,Border,Inland,road,80,
road-c,Metro,Hill,road,100,
fast-b,Border,Inland,road,50,motorway
"""

MEASURES = """\
id,kind,city,service,capacity,capital_cost,private_share,running_cost,units,divisible,build_years,status,level,signed_by,one_of
motorway,link,,,,1,,0.01,,,2,,,,
college-inland,facility,Inland,college,5000,0.5,,0.05,2,,2,,,,
drugs-border,park,Border,,,2,0.4,,3,,2,,,Capital;Province,
tools-inland,park,Inland,,,1,0.2,,2,yes,1,,,,
tools-border,park,Border,,,1,,,1,,,,,,
smelter,closure,Border,,,0.2,,,2,,,,,,
filters,abatement,,,,0.3,,0.02,4,,,,,,
no-checks,policy,,,,0.1,,,,,,,barrier_removal,Capital;Province,
guarantee,policy,,,,0.05,,,,,,,incentive,Province,
tax-treaty,policy,,,,,,,,,,,auxiliary,Capital;Province,
solidarity,policy,,,,,,,,,,,supportive,Capital;Province,
zoning,policy,,,,,,,,,,,auxiliary,Province,
rebate,policy,Border,,,0.2,,,,,,,subsidy,Province,
"""

PARKS = """\
measure,origin,form,industry,area_km2,jobs,skilled_share,output,tax,emissions,origin_minutes,moved_share,basis
drugs-border,Metro,incubation,pharma,1.5,20000,0.3,12,0.2,0.5,120,0.1,assumed
tools-inland,Metro,duplication,machinery,2,15000,0.1,8,0.1,,,,assumed
tools-border,,enclave,machinery,1,8000,,4,0.05,0.2,,,assumed
smelter,,,machinery,,3000,,,,8,,,assumed
"""

BUDGETS = """\
line,period,amount
capital,2030,6
capital,2035,6
province,2030,8
province,2035,8
fund,2030,2
fund,2035,2
"""

FILES: Mapping[str, str] = {
    "case.yaml": CASE,
    "cities.csv": CITIES,
    "capacity.csv": CAPACITY,
    "links.csv": LINKS,
    "measures.csv": MEASURES,
    "parks.csv": PARKS,
    "budgets.csv": BUDGETS,
}
