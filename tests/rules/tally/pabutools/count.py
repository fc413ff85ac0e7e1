"""Equal shares as pabutools counts them, run in its own environment: elections in, projects out.

One election a line of JSON: costs by project in their order, budget, ballots. Ties are those of
souci: the lowest cost, then the most votes, then the declared order.
"""

import json
import sys

from gmpy2 import mpq
from pabutools.election import ApprovalBallot, ApprovalProfile, Cost_Sat, Instance, Project
from pabutools.rules import method_of_equal_shares
from pabutools.tiebreaking import TieBreakingRule


def counted(costs, budget, ballots):
    projects = {name: Project(name, mpq(cost)) for name, cost in costs.items()}
    instance = Instance(projects.values(), budget_limit=mpq(budget))
    profile = ApprovalProfile([ApprovalBallot([projects[one] for one in each]) for each in ballots])
    places = {name: place for place, name in enumerate(costs)}

    def rank(_instance, _profile, project):
        votes = sum(project in ballot for ballot in profile)
        return (project.cost, -votes, places[project.name])

    bought = method_of_equal_shares(
        instance, profile, sat_class=Cost_Sat, tie_breaking=TieBreakingRule(rank)
    )
    return [project.name for project in bought]


for line in sys.stdin:
    sys.stdout.write(f"{json.dumps(counted(**json.loads(line)))}\n")
