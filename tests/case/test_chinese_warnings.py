"""What is said of a case in Chinese names things as they are called there, and in English by the ids of the files."""

import re
from pathlib import Path

import pytest

from planner.case import CaseInvalid, load_case, naming, warnings_of
from planner.case.naming import names_for_ids
from planner.case.problems import Problem
from planner.case.units import in_words
from planner.case.workbook import sheets_for_files
from planner.case.writing import write_texts
from planner.starting import example, from_cities
from planner.words.said import Named, _, altered, speaking, told, told_in, with_names


def test_warnings_name_things_in_chinese_and_by_ids_in_english(tmp_path: Path) -> None:
    files = example()
    files["capacity.csv"] = files["capacity.csv"].replace("metro,doctors,21000,0.2", "metro,doctors,unknown,0.2")
    write_texts(files, tmp_path / "case")
    warning = next(w for w in warnings_of(load_case(tmp_path / "case")) if "is unknown, so" in w)
    case = load_case(tmp_path / "case")
    assert warning == "doctors: the capacity of metro is unknown, so these cities are left out of doctors"
    said = told_in("zh", warning)
    assert case.cities["metro"].name_zh in said
    assert "医生" in said
    assert "doctors" not in said
    assert "metro" not in said


def test_a_case_of_a_list_has_chinese_names(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text(
        "城市,纬度,经度,人口\n成都市,30.66,104.07,21268000\n重庆市,29.56,106.55,32133000\n", "utf-8"
    )
    with speaking("zh"):
        files = from_cities(tmp_path / "list.csv", "川渝")
    write_texts(files, tmp_path / "case")
    case = load_case(tmp_path / "case")
    assert [told_in("zh", naming.measure(case, a)) for a in case.measures] == ["成都市—重庆市高速公路"]
    assert [told_in("zh", naming.line(case, l)) for l in case.lines] == ["本地区财政"]
    assert [told_in("zh", naming.jurisdiction(case, j)) for j in case.jurisdictions] == ["本地区"]
    assert not re.search("[A-Za-z]{3}", case.assumptions[0])


def test_what_is_wrong_with_a_list_is_said_in_chinese_with_its_own_headings(tmp_path: Path) -> None:
    (tmp_path / "清单.csv").write_text(
        "城市,纬度,经度,人口\n成都市,30.66,104.07,2126.8万\n重庆市,29.56,106.55,32133000\n", "utf-8"
    )
    with pytest.raises(CaseInvalid) as wrong:
        from_cities(tmp_path / "清单.csv", "川渝")
    said = told_in("zh", wrong.value.problems[0].said)
    assert said.startswith("清单.csv，第 2 行，列“人口”：须为不带“万”的数字")
    assert not re.search("[A-Za-z]{2}", said.replace("csv", ""))


def test_messages_of_a_workbook_name_sheets_in_each_language() -> None:
    message = altered(_("heads of cities.csv"), sheets_for_files)
    assert message == "heads of sheet cities"
    with speaking("zh"):
        assert told(message) == "heads of 工作表“cities”"
    assert told(message) == "heads of sheet cities"


def test_unit_costs_and_units_with_a_number_are_said_in_chinese() -> None:
    assert (naming.norm("doctors-200"), in_words("200 beds")) == ("doctors 200", "200 beds")
    assert (told_in("zh", naming.norm("doctors-200")), told_in("zh", in_words("200 beds"))) == ("医生 200", "200 张")
    assert in_words("200 moon rockets") == "200 moon rockets"


def called(files: dict[str, str], folder: Path) -> dict[str, str]:
    """Id -> what a case calls it in Chinese, of those that it has a name for."""
    write_texts(files, folder / "case")
    return {id_: told_in("zh", said) for id_, said in names_for_ids(load_case(folder / "case")).items()}


def warned(files: dict[str, str], folder: Path) -> str:
    """All warnings of a case, in Chinese."""
    write_texts(files, folder / "case")
    return "\n".join(told_in("zh", warning) for warning in warnings_of(load_case(folder / "case")))


def renamed(old: str, new: str) -> dict[str, str]:
    """The example with another id, everywhere but in its sources."""
    return {
        file: text if file.endswith(".md") else re.sub(rf"(?<![\w-]){old}(?![\w-])", new, text)
        for file, text in example().items()
    }


def test_what_two_things_are_called_by_is_said_as_it_is_written(tmp_path: Path) -> None:
    assert called(dict(example()), tmp_path / "apart")["rail"] == "铁路"
    assert "hub" not in called(renamed("rail", "hub"), tmp_path / "kind")
    assert "metro" not in called(renamed("rail", "metro"), tmp_path / "city")


def test_figures_and_periods_are_no_names(tmp_path: Path) -> None:
    files = renamed("inland", "75")
    files["links.csv"] += "slow,border,75,road,200,75,,\n"
    assert "75" not in called(files, tmp_path / "figure")
    period = renamed("metro", "2031-2035")
    assert "2031-2035" not in called(period, tmp_path / "period")
    assert "若于 2031-2035 启动" in warned(period, tmp_path / "warned")


def test_two_links_alike_are_told_apart_by_their_ids(tmp_path: Path) -> None:
    found = called(dict(example()), tmp_path)
    assert found["rail-border-inland"] == "边界市 - 内陆市（铁路）"
    assert found["fast-road-border-inland"] == "边界市 - 内陆市（公路）（fast-road-border-inland）"
    assert len(set(found.values())) == len(found)


def test_a_column_keeps_its_name_where_a_thing_is_called_so() -> None:
    names = {"people_65": Named("people_65", {"zh": "老人"}), "jobs": Named("jobs", {"zh": "就业"})}
    for column, said in (("people_65", "people_65"), ("jobs", "岗位 jobs")):
        problem = Problem("cities.csv", "x", row=3, column=column).said
        assert told_in("zh", with_names(problem, names)) == f"cities.csv，第 3 行，列“{said}”：x"


def test_what_is_written_in_a_selection_is_no_name(tmp_path: Path) -> None:
    """The tier core is none of the indicator that is called so."""
    files = dict(example())
    files["cities.csv"] = files["cities.csv"].replace("secondary", "small")
    said = warned(files, tmp_path)
    assert "没有一行的“tier”为“secondary”（core、small）" in said


def test_two_spellings_are_told_as_they_are_written(tmp_path: Path) -> None:
    """The jurisdiction that is spelt as a budget line, province, is not called as that is."""
    files = dict(example())
    files["cities.csv"] = files["cities.csv"].replace("边界市,Province", "边界市,province")
    said = warned(files, tmp_path)
    assert "province”（第 3 行）" in said
    assert "Province”（第 4 行）" in said
    assert "其建设成本" in said, "and not that of the budget line that is called capital"


def test_a_unit_cost_is_not_called_as_the_measure_of_the_same_id(tmp_path: Path) -> None:
    files = dict(example())
    assert "motorway,km,0.03," in files["norms.csv"], "the measure that has this id, too, is called 边界—内陆高速公路"
    files["norms.csv"] = files["norms.csv"].replace("motorway,km,0.03,", "motorway,km,9,")
    said = warned(files, tmp_path)
    assert "定额“motorway”" in said
