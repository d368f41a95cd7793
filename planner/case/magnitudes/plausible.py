"""What figures are plausible: from where on a figure is doubted, and why from there.

Wide on purpose: they are to catch a slip of a magnitude (ten-thousands for heads, metres for kilometres, a lost decimal
point) and nothing that exists. "Seen" means in the 19 city clusters of China (238 prefectures, census of 2020).
"""

from __future__ import annotations

import math

# Against the other rows of a column
SPREADS = 4.0  # so many spreads (from the median absolute deviation of logs) from the median: normal figures have 3 at most
LEAST_SPREAD = math.log(1.25)  # of rows that are nearly alike, so that a rounding is no outlier
FEWEST = 3  # rows that have a middle; of two rows neither is the odd one
FACTOR = 30.0  # a figure per head or per unit: seen up to 17 (density), and a slip of units is 1,000 or more
FACTOR_OF_SHARES = 10.0  # shares of the old or young in the people: seen up to 2
FACTOR_OF_SIZES = 100.0  # figures that differ by nature, such as costs of policies or land: areas are seen up to 75
FACTOR_OF_TWO = 300.0  # between two rows, where there are only two
MOST_ROWS = 0.5  # of a column that are odd in the same way: then the column is in another unit

# Cities
LEAST_PEOPLE = 5_000.0  # of a city that has people: the smallest seen has 200,000, towns in examples 50,000
LEAST_DENSITY, MOST_DENSITY = 0.5, 60_000.0  # people per km2: seen 7.7 to 20,669; the densest cities on earth have 45,000
LEAST_DENSITY_OF_ALL = 10.0  # of all cities together: seen 44 and more
MOST_PER_HEAD = 1.0  # jobs, jobs wanted, skilled people, heads of a group: for one person
LEAST_TARGET = 0.01  # of the jobs that there are: jobs wanted in all rows together; seen 0.44 and more
LEAST_TARGET_PER_HEAD = 0.001  # of the people, where jobs are not said: seen 0.016 and more
GROWTH_MOST = 0.1  # a year, up or down, for fifteen years: stated up to 0.01; a new city built from nothing had 0.058
OUTPUT_PER_JOB = 300.0  # of parks against gdp per head, up or down: jing-jin-ji has 8
FAR = 4.0  # times the middle distance from the middle seat: seen up to 2.9
NEAR_ENOUGH = 150.0  # km from the middle seat that no cluster is too small for
TOO_NEAR = 0.3  # times the radius of a disc of the smaller area: of 1,926 pairs of cities the nearest have 0.40
LEAST_APART = 0.5  # km between two seats, whatever their areas: one place typed twice; towns on a border lie a km apart
FAR_OF_TWO = 1_500.0  # km between the only two cities: the largest cluster seen is 830 across

# Stocks and what measures add to them
STOCK_LEAST, STOCK_MOST = 0.01, 30.0  # times what the standard asks for: seen 0.3 to 1.8; no stock at all may be meant
USED_LEAST, USED_MOST = 0.02, 2.0  # of the stock: seen 0.4; homes and wards are crowded at most
ADDED_MOST = 20.0  # times the need of the city that all units of a facility would bring

# Links
SHORTEST = 0.8  # of the great circle: seats are rounded, and lines are measured from station to station (seen 0.83)
SHORTEST_ROAD = 0.95  # of the great circle, on modes called road, bus, motorway: they begin in the towns (seen 1.12)
SHORTER_KM = 10.0  # that a link may lack besides: coordinates with one decimal are 5 km off at either end
LONGEST = 2.5  # times the great circle: seen up to 1.4, around a bay about 2
LONGER_KM = 30.0  # that a link may have besides: two near seats on both banks of a river
FASTEST, SLOWEST = 400.0, 3.0  # km/h: the fastest train, and a walk
FASTEST_ROAD = 150.0  # km/h, on modes called road, bus, motorway
ROADS = ("road", "motorway", "highway", "expressway", "bus", "car", "公路", "高速公路")
FACTOR_OF_SPEEDS = 5.0  # within a mode: seen up to 2.5 (a railway of two generations)
SWAPPED_FACTOR, SWAPPED_FIT = 1.5, 1.15  # minutes and km: off by so much as they stand, and close the other way round
SAME_FIGURE, SAME_DECIMAL = 0.005, 0.06  # relative, or absolute: as many minutes as km but for rounding; seen in no link
NEARLY_STRAIGHT = 0.03  # minutes against the great circle, of every link of a mode: seen in 1 of 70
FEWEST_LINKS = 4  # of a mode, to know its speed; and cities, for a core to have several links

# Measures, norms and money
LENGTH_LEAST, LENGTH_MOST = 0.03, 3.0  # quantity in km against the longest link that it opens: half a line is usual
RUNNING_MOST = 3.0  # running cost of a year against the capital cost, of what is signed: seen up to 1, a bonus a year
RUNNING_MOST_BUILT = 1.0  # the same of what is built: seen up to 0.17, the wages of nurses
MONEY_OF_LINE_MOST = 50.0  # money of a line against all that it may pay for: seen 1.8, in scenarios 3.4
DEBT_MOST = 10.0  # most debt against the money of a line, or all that it may pay for: seen 0.67
PRICE_MOST = 10.0  # of use in another jurisdiction against what a unit costs to build and to run a year: seen 0.16
RATE_MOST = 0.2  # discount and interest, a year: seen 0.06 and 0.04
RESERVE_MOST = 0.5  # of what is paid: works overrun, but most people who say 10 mean 10 %
MONEY_MOST = 100.0  # all budgets against all that could be built: "no limit" in words is better than in millions
MONEY_LEAST = 0.001
FACTOR_OF_YEARS = 100.0  # amounts of a line from period to period
FACTOR_OF_NORMS = 100.0  # highest against lowest plausible cost: seen up to 4
EMISSIONS_MOST = 3.0  # of a park or a closing plant with all units, against all that its airshed has
JOBS_PER_KM2 = 300_000.0  # of parks: the densest business districts have 200,000

# Standards, targets and what is uncertain
FACTOR_OF_STANDARDS = 3.0  # per 1,000 from one period to the next: seen up to 1.14, in scenarios 1.37
CATCHMENT_LEAST = 5.0  # minutes: less is most likely hours; 20 on foot to a kindergarten are seen
TIMES_MOST = 10.0  # times as much as stated, one time in ten: seen 1.8, and the worst reference classes have 2 to 3
